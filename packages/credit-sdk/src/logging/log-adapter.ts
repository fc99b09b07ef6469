/** Where the engine reports what it cannot return: a retry, an audit row that could not be written. */
export interface ILogAdapter {
  debug(message: string, context?: Readonly<Record<string, unknown>>): void
  info(message: string, context?: Readonly<Record<string, unknown>>): void
  warn(message: string, context?: Readonly<Record<string, unknown>>): void
  error(message: string, context?: Readonly<Record<string, unknown>>): void
}

/** Writes to the console; `level` is the least important kind that is written. */
export class ConsoleLogger implements ILogAdapter {
  readonly #least: number

  constructor(level: LogLevel = 'info') {
    this.#least = LEVELS.indexOf(level)
  }

  debug(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.#write('debug', message, context)
  }

  info(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.#write('info', message, context)
  }

  warn(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.#write('warn', message, context)
  }

  error(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.#write('error', message, context)
  }

  #write(level: LogLevel, message: string, context: Readonly<Record<string, unknown>>): void {
    if (LEVELS.indexOf(level) >= this.#least) console[level](`[credits] ${message}`, context)
  }
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** Says nothing: what an engine without a logger uses. */
export const silentLogger: ILogAdapter = { debug() {}, info() {}, warn() {}, error() {} }
