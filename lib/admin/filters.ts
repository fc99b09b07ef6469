import { z } from 'zod'
import { isStorable } from '@/lib/http/postgres-text'
import { DAY_MS } from '@/lib/time'
import { day } from '@/lib/timestamp'

/** A word to look for; what cannot be one counts as none. */
export const searchQuery = z.string().trim().min(1).max(200).refine(isStorable).optional().catch(undefined)

/** A range of days (UTC), both of them included; what is no day counts as not given. */
export const daysQuery = { from: day.optional().catch(undefined), to: day.optional().catch(undefined) }

/** One of a few values; anything else counts as not chosen. */
export function choiceQuery<const Values extends readonly string[]>(values: Values) {
  return z.enum(values).optional().catch(undefined)
}

/** When a day begins, in UTC. */
export function startOfDay(date: string): string {
  return `${date}T00:00:00Z`
}

/** When the day after begins: the end of a day, exclusive. No day comes after the last one that can be written. */
export function endOfDay(date: string): string {
  if (date === '9999-12-31') return 'infinity'
  return new Date(Date.parse(startOfDay(date)) + DAY_MS).toISOString()
}
