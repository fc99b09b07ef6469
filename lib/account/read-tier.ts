import 'server-only'
import { cache } from 'react'
import { createClient } from '@/lib/supabase/server'
import { findTier, type MembershipTier } from '@/lib/tiers'

/** The membership of a user that counts now; null for none. Once per request. @throws when it cannot be read */
export const readTier = cache(async (userId: string): Promise<MembershipTier | null> => {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('profiles')
    .select('membership_tier, membership_expires_at')
    .eq('id', userId)
    .maybeSingle()
  if (error) throw new Error(`The membership could not be read: ${error.message}`, { cause: error })
  const end = data?.membership_expires_at ?? null
  if (end !== null && Date.parse(end) <= Date.now()) return null
  return findTier(data?.membership_tier)
})
