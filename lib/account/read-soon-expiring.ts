import 'server-only'
import { type ExpiringCredits, readExpiringCredits } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'
import { DAY_MS } from '@/lib/time'

/** What expires within `days` in any wallet of a user, the soonest first; through the caller's own rights. */
export async function readSoonExpiring(userId: string, days: number): Promise<ExpiringCredits[]> {
  const until = new Date(Date.now() + days * DAY_MS).toISOString()
  return readExpiringCredits(userId, await createClient(), until)
}
