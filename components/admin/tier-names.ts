import type { MembershipTier } from '@/lib/credits/tiers'

/** What people call the memberships. */
export const TIER_NAMES: Record<MembershipTier, string> = { pro: 'Pro', enterprise: 'Enterprise' }
