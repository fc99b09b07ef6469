import { assertBounded } from '../bounds'
import { BadRequestError } from '../errors'
import { walk } from '../walk'

/** The parts of a call as they were sent, by name: rows of arguments, and fields of forms among them. */
export type Parts = Readonly<Record<string, unknown>>

/** A row, and whether it can be a Map. That is looked at once: a row can be referred to as often as a call is long. */
type Row = { value: unknown; isMap: boolean }

/** Written in place: an escaped dollar sign, a number JSON lacks, a date, a form whose fields are parts of their own. */
const INLINE = /^\$(?:\$.*|undefined|NaN|-?Infinity|-0|D.*|n-?\d{1,300}|K[0-9a-f]{1,8})$/s
/** A value in a row of its own, or within one: `$@1`, `$Q1` (a Map), `$W1` (a Set), `$1:name:0`. Rows count in hex. */
const REFERENCE = /^\$([@QWBi]?)([0-9a-f]{1,8})((?::[^:]+)*)$/

/**
 * Refuses arguments of a server action that React could not decode, which Next.js would answer with a 500: each row is
 * JSON, and whatever is referred to is there. References to other server actions are refused.
 * @param prefix what the names of the rows begin with
 * @throws {BadRequestError}
 */
export function checkActionArguments(parts: Parts, prefix = ''): void {
  const rows = new Map<string, Row>()
  for (const [name, part] of Object.entries(parts)) {
    const row = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (/^\d+$/.test(row)) rows.set(row, toRow(part instanceof File ? part : parseRow(part)))
  }
  if (rows.size === 0) throw new BadRequestError('The call has no arguments.')
  for (const row of rows.values()) {
    for (const { value } of walk(row.value)) {
      if (typeof value === 'string' && value.startsWith('$') && !isDecodable(value, rows)) refuse()
    }
  }
}

/** The JSON of a row. @throws {BadRequestError} */
export function parseRow(text: unknown): unknown {
  if (typeof text !== 'string') return refuse()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse()
  }
  assertBounded(value)
  return value
}

function refuse(): never {
  throw new BadRequestError('The arguments of this call cannot be read.')
}

function toRow(value: unknown): Row {
  return { value, isMap: Array.isArray(value) && value.every((pair) => Array.isArray(pair)) }
}

function isDecodable(text: string, rows: ReadonlyMap<string, Row>): boolean {
  if (INLINE.test(text)) return true
  const [, kind, number = '', path = ''] = REFERENCE.exec(text) ?? []
  const row = rows.get(String(Number.parseInt(number, 16)))
  if (kind === undefined || row === undefined) return false
  const { value, isMap } = row
  if (kind === 'B') return value instanceof File
  if (kind === 'Q') return isMap
  if (kind === 'W' || kind === 'i') return Array.isArray(value)
  return path.split(':').slice(1).reduce<unknown>(step, value) !== undefined
}

function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.prototype.propertyIsEnumerable.call(value, name) ? Reflect.get(value, name) : undefined
}
