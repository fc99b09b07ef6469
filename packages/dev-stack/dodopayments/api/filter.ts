import { assertQuery, SandboxError } from '../http.ts'

type Dated = { created_at: string }
type Fields<Item> = Record<string, (item: Item) => string | boolean | null | undefined>

/**
 * What of `items` the query asks for, newest first: by the fields named here, and by `created_at_gte` and
 * `created_at_lte`. `others` are what the caller filters by.
 * @throws SandboxError 400 for a date that is none, 422 for a filter that nobody knows
 */
export function select<Item extends Dated>(
  items: readonly Item[],
  url: URL,
  fields: Fields<Item> = {},
  others: readonly string[] = [],
): Item[] {
  assertQuery(url, [...Object.keys(fields), ...others, 'created_at_gte', 'created_at_lte'])
  const query = url.searchParams
  const [from, to] = [dateOf(query, 'created_at_gte'), dateOf(query, 'created_at_lte')]
  const asked = Object.entries(fields).filter(([name]) => query.has(name))
  return items
    .filter((item) => asked.every(([name, value]) => query.get(name) === String(value(item))))
    .filter(({ created_at }) => from === null || Date.parse(created_at) >= from)
    .filter(({ created_at }) => to === null || Date.parse(created_at) <= to)
    .reverse()
}

function dateOf(query: URLSearchParams, name: string): number | null {
  const value = query.get(name)
  if (value === null) return null
  const date = Date.parse(value)
  if (Number.isFinite(date)) return date
  throw new SandboxError(400, 'INVALID_QUERY', `${name} is not a date.`)
}
