const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LEVELS)[number]
type Fields = Record<string, unknown>

function threshold(): number {
  const configured = LEVELS.map(String).indexOf(process.env.LOG_LEVEL ?? '')
  if (configured >= 0) return configured
  return LEVELS.indexOf(process.env.NODE_ENV === 'development' ? 'debug' : 'info')
}

function toPlain(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  return { name: value.name, message: value.message, stack: value.stack, cause: toPlain(value.cause) }
}

/** Never throws: what is being logged is often an error that is being dealt with. */
function toLine(event: Fields, fields: Fields): string {
  try {
    const entries = Object.entries(fields).map(([key, value]) => [key, toPlain(value)])
    return JSON.stringify({ ...event, ...Object.fromEntries(entries) })
  } catch (error) {
    return JSON.stringify({ ...event, unwritable: String(error) })
  }
}

function write(level: Level, message: string, fields: Fields = {}): void {
  if (LEVELS.indexOf(level) < threshold()) return
  const line = toLine({ time: new Date().toISOString(), level, message }, fields)
  const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout
  stream.write(`${line}\n`)
}

/**
 * One JSON line per event, to standard output (debug, info) or standard error (warn, error).
 * `LOG_LEVEL` sets the least level written; without it, debug in development and info elsewhere.
 */
export const logger = {
  debug: (message: string, fields?: Fields) => write('debug', message, fields),
  info: (message: string, fields?: Fields) => write('info', message, fields),
  warn: (message: string, fields?: Fields) => write('warn', message, fields),
  error: (message: string, fields?: Fields) => write('error', message, fields),
}
