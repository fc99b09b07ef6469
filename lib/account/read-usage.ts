import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import { EVERYBODY } from '@/lib/format'
import { logger } from '@/lib/logger'
import { createClient } from '@/lib/supabase/server'
import type { UsagePeriod } from './usage-period'

const usage = z
  .object({
    first_day: z.string(),
    last_day: z.string(),
    used: z.int(),
    used_before: z.int(),
    average_per_day: z.number().nullable(),
    days: z.array(
      z.object({ day: z.string(), action: z.string().nullable(), used: z.int(), count: z.int() }),
    ),
  })
  .transform(({ first_day, last_day, used_before, average_per_day, ...rest }) => ({
    ...{ firstDay: first_day, lastDay: last_day, usedBefore: used_before, averagePerDay: average_per_day },
    ...rest,
  }))

/**
 * What a wallet used in a period, in whole credits, less what was refunded. Days are named as `2026-11-21` and are those
 * of `timeZone`; a day without use is left out. `usedBefore` is of as many days before, and `averagePerDay` counts from
 * the first day with a charge.
 */
export type Usage = z.output<typeof usage> & { timeZone: string }

/** What Postgres answers to the name of a zone that it does not know. */
const UNKNOWN_ZONE = '22023'

/**
 * What a wallet used on each of the last `days` days of a zone, today the last; through the caller's rights. In UTC where
 * the database does not know the zone. Once per request; throws when the database does not answer.
 */
export const readUsage = cache(
  async (userId: string, creditType: string, days: UsagePeriod, timeZone: string): Promise<Usage> => {
    const supabase = await createClient()
    const read = (zone: string) =>
      supabase.rpc('usage_by_day', {
        p_user_id: userId,
        p_credit_type: creditType,
        p_days: days,
        p_time_zone: zone,
      })
    const first = await read(timeZone)
    // Browsers know zones that this database does not, and offsets without a name.
    const known = first.error?.code !== UNKNOWN_ZONE || timeZone === EVERYBODY.timeZone
    if (!known) logger.warn('time zone unknown to the database', { timeZone })
    const { data, error } = known ? first : await read(EVERYBODY.timeZone)
    if (error) throw new Error(`The usage could not be read: ${error.message}`, { cause: error })
    return { ...usage.parse(data), timeZone: known ? timeZone : EVERYBODY.timeZone }
  },
)
