import { z } from 'zod'

/** The offsets Postgres takes end below this. */
const MAX_OFFSET_MINUTES = 16 * 60
const LAST_YEAR = 9999

/** Longer than any timestamp that means something. */
const MAX_LENGTH = 40

/**
 * Whether the database takes a timestamp that is written as ISO 8601 has it, and gives it back as such: its offset is
 * one that Postgres knows, and in UTC it is in the years 1 to 9999.
 */
function isStorable(text: string): boolean {
  if (text.length > MAX_LENGTH) return false
  const [, hours = 0, minutes = 0] = /[+-](\d\d):?(\d\d)$/.exec(text.slice(10)) ?? []
  if (Number(hours) * 60 + Number(minutes) >= MAX_OFFSET_MINUTES) return false
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= LAST_YEAR
}

const error = 'must be a date between the years 1 and 9999'

/** A time with its offset, as `2026-11-01T10:00:00+02:00`, that the database can hold. */
export const timestamp = z.iso.datetime({ offset: true, abort: true }).refine(isStorable, { error })

/** A day, as `2026-11-01`, whose beginning in UTC the database can hold. */
export const day = z.iso.date({ abort: true }).refine(isStorable, { error })
