import 'server-only'
import { usageStats } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'
import { lastDays, type UsageDay } from './usage-days'

/** What a wallet used on each of the last `count` days (UTC), today the last; through the caller's rights. */
export async function readDailyUsage(userId: string, creditType: string, count: number): Promise<UsageDay[]> {
  const days = lastDays(new Date(), count)
  const supabase = await createClient()
  const { data, error } = await supabase.rpc('usage_stats', {
    p_user_id: userId,
    p_credit_type: creditType,
    p_from: `${days[0]}T00:00:00Z`,
  })
  if (error) throw new Error(`The usage could not be read: ${error.message}`, { cause: error })
  const byDay = new Map(
    usageStats
      .nullable()
      .parse(data)
      ?.byDay.map(({ day, used }) => [day, used]),
  )
  return days.map((day) => ({ day, used: byDay.get(day) ?? 0 }))
}
