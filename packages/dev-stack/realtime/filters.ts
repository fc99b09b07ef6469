import { Refusal } from './refusal.ts'

const OPERATORS = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in'] as const
type Operator = (typeof OPERATORS)[number]

const MAX_VALUES = 100

/** One `column=operator.value`. Values are text; `in` has several, every other operator one. */
export type Condition = { column: string; operator: Operator; values: string[] }

/** A condition whose values are written as Postgres writes them, so that text can be compared. */
export type Filter = Condition & { numeric: boolean }

/** Column values in Postgres text form; undefined where the change does not carry the column. */
export type Row = Readonly<Record<string, string | null | undefined>>

/** Reads a filter string: conditions that must all hold, separated by commas. Throws `Refusal`. */
export function parseFilter(filter: string): Condition[] {
  if (filter.trim() === '') return []
  return splitList(filter).map((part) => {
    const [, column, operator, value] = /^([^=]+)=([a-z]+)\.(.*)$/s.exec(part.trim()) ?? []
    const known = OPERATORS.find((name) => name === operator)
    if (column === undefined || known === undefined || value === undefined) throw unreadable(part)
    if (known !== 'in') return { column, operator: known, values: [unquote(value)] }
    const list = /^\((.+)\)$/s.exec(value)?.[1]
    const values = splitList(list ?? '').map((item) => unquote(item.trim()))
    if (list === undefined || values.length > MAX_VALUES) throw unreadable(part)
    return { column, operator: known, values }
  })
}

/** Whether a row passes every filter. A null, or a column the row lacks, passes none, as in SQL. */
export function passes(filters: readonly Filter[], row: Row): boolean {
  return filters.every((filter) => holds(filter, row[filter.column]))
}

function holds({ operator, values, numeric }: Filter, actual: string | null | undefined): boolean {
  if (actual === null || actual === undefined) return false
  const orders = values.map((value) => compare(actual, value, numeric))
  switch (operator) {
    case 'eq':
    case 'in':
      return orders.some((order) => order === 0)
    case 'neq':
      return orders.every((order) => order !== 0)
    case 'lt':
      return orders.every((order) => order < 0)
    case 'lte':
      return orders.every((order) => order <= 0)
    case 'gt':
      return orders.every((order) => order > 0)
    case 'gte':
      return orders.every((order) => order >= 0)
  }
}

const INTEGER = /^-?\d+$/

function compare(left: string, right: string, numeric: boolean): number {
  if (left === right) return 0
  if (!numeric) return left < right ? -1 : 1
  // Beyond 2^53 a double would call neighbours equal.
  const exact = INTEGER.test(left) && INTEGER.test(right)
  const [a, b] = exact ? [BigInt(left), BigInt(right)] : [Number(left), Number(right)]
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Splits at commas outside quotes and parentheses. */
function splitList(list: string): string[] {
  const parts = ['']
  let depth = 0
  let quoted = false
  for (let index = 0; index < list.length; index++) {
    const char = list.charAt(index)
    if (char === ',' && depth === 0 && !quoted) {
      parts.push('')
      continue
    }
    if (char === '"') quoted = !quoted
    else if (char === '(' && !quoted) depth++
    else if (char === ')' && !quoted) depth--
    const escaped = char === '\\' && quoted ? list.charAt(++index) : ''
    parts[parts.length - 1] += char + escaped
  }
  return parts
}

function unquote(value: string): string {
  const inner = /^"(.*)"$/s.exec(value)?.[1]
  return inner === undefined ? value : inner.replace(/\\(.)/gs, '$1')
}

function unreadable(part: string): Refusal {
  const known = OPERATORS.join(', ')
  return new Refusal(
    'RealtimeDisabledForConfiguration',
    `The filter "${part}" is not readable: write column=operator.value with one of ${known}; in takes (a,b), ${MAX_VALUES} at most`,
  )
}
