/** What databases and their drivers return for one kind of value, read into what the SDK has. */

/** @throws when the value is no whole number that JavaScript can hold exactly */
export function toCredits(value: unknown): number {
  const credits = value === null || value === undefined ? 0 : Number(value)
  if (!Number.isSafeInteger(credits)) throw new Error(`${String(value)} is no whole number of credits.`)
  return credits
}

const HAS_ZONE = /(Z|[+-]\d\d(:?\d\d)?)$/i

/** Dates come as a Date, as text in ISO 8601 (in UTC, unless it says otherwise), or as milliseconds. */
export function toDate(value: unknown): Date | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value
  if (typeof value === 'number') return new Date(value)
  const text = String(value)
  return new Date(HAS_ZONE.test(text) ? text : `${text.replace(' ', 'T')}Z`)
}

/** A date that is always there; the epoch where the table has no such column. */
export function toTimestamp(value: unknown): Date {
  return toDate(value) ?? new Date(0)
}

export function toText(value: unknown): string {
  return String(value)
}

export function toTextOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

/** JSON comes parsed or as text; an empty object where the column is NULL. */
export function toObject(value: unknown): Record<string, unknown> {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}
