import 'server-only'
import { cache } from 'react'
import { MEMBERSHIP_TIERS, type MembershipTier } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'

export type UserProfile = {
  id: string
  email: string
  name: string
  createdAt: string
  /** An ISO time; null while the account is open. */
  closedAt: string | null
  /** `expiresAt` is an ISO time, null for no end; an ended membership counts as none. */
  membership: { tier: MembershipTier; expiresAt: string | null; ended: boolean } | null
}

/** A user's profile as an admin sees it; null when there is no such user. Once per request. Throws when the database does not answer. */
export const readUser = cache(async (id: string): Promise<UserProfile | null> => {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('profiles')
    .select('id, email, name, created_at, closed_at, membership_tier, membership_expires_at')
    .eq('id', id)
    .maybeSingle()
  if (error) throw new Error(`The user could not be read: ${error.message}`)
  if (!data) return null
  const tier = MEMBERSHIP_TIERS.find((known) => known === data.membership_tier)
  const expiresAt = data.membership_expires_at
  const ended = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  return {
    id: data.id,
    email: data.email,
    name: data.name,
    createdAt: data.created_at,
    closedAt: data.closed_at,
    membership: tier ? { tier, expiresAt, ended } : null,
  }
})
