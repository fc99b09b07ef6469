import { z } from 'zod'
import { addDays } from '@/lib/zone-days'

/** How many days the figures of the business may be of. */
export const PERIOD_DAYS = [30, 90, 365] as const

export type PeriodDays = (typeof PERIOD_DAYS)[number]

/** Days of UTC, as `2026-11-27`: from `since` to `last`, both included; `until` is the day after. */
export type Period = { days: PeriodDays; since: string; last: string; until: string }

/** The days as the query of an address has them. */
export const periodDays = z.coerce.number().pipe(z.literal(PERIOD_DAYS))

/** The last days up to now, today included. */
export function periodOf(days: PeriodDays, now = Date.now()): Period {
  const last = new Date(now).toISOString().slice(0, 10)
  return { days, since: addDays(last, 1 - days), last, until: addDays(last, 1) }
}
