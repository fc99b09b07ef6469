import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { type ExpiringCredits, readExpiringCredits } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'
import { DAY_MS } from '@/lib/time'

/** What of the general wallet expires within `days`, the soonest first; through the caller's own rights. */
export async function readSoonExpiring(userId: string, days: number): Promise<ExpiringCredits[]> {
  const until = new Date(Date.now() + days * DAY_MS).toISOString()
  return readExpiringCredits(userId, await createClient(), { creditType: GENERAL, until })
}
