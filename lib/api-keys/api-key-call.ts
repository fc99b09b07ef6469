import type { KeyUse } from '@/lib/supabase/caller'
import type { MembershipTier } from '@/lib/tiers'

/** A right that a key may have beside running tools. */
export type ReadScope = 'balance:read' | 'history:read'

/** Who a call of /api/v1 comes from: the owner of its key, and what the database checks again with each charge. */
export type KeyUser = {
  id: string
  email: string
  /** The membership that counts now; null for none. */
  tier: MembershipTier | null
  /** Other sites whose pages may use the key. */
  allowedOrigins: readonly string[]
  apiKey: KeyUse
}
