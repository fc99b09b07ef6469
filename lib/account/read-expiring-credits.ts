import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { createClient } from '@/lib/supabase/server'
import { DAY_MS } from '@/lib/time'

/** General credits that will be gone at an ISO time unless they are spent. */
export type Expiring = { credits: number; expiresAt: string }

/** What of the general wallet expires within `days`, the soonest first; through the caller's own rights. */
export async function readExpiringCredits(userId: string, days: number): Promise<Expiring[]> {
  const now = new Date()
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credit_grants')
    .select('remaining, expires_at')
    .match({ user_id: userId, credit_type: GENERAL })
    .gt('remaining', 0)
    .gt('expires_at', now.toISOString())
    .lte('expires_at', new Date(now.getTime() + days * DAY_MS).toISOString())
    .order('expires_at')
  if (error) throw new Error(`The expiring credits could not be read: ${error.message}`, { cause: error })
  return data.map((row) => ({ credits: row.remaining, expiresAt: row.expires_at }))
}
