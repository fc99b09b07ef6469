/** The memberships this product has, from the lowest level to the highest; the table `membership_tiers` says the same. */
export const MEMBERSHIP_TIERS = ['pro', 'enterprise'] as const

export type MembershipTier = (typeof MEMBERSHIP_TIERS)[number]

/** What people call the memberships. */
export const TIER_NAMES: Record<MembershipTier, string> = { pro: 'Pro', enterprise: 'Enterprise' }

/** The membership that a text names; null for none, and for one that this product no longer has. */
export function findTier(id: string | null | undefined): MembershipTier | null {
  return MEMBERSHIP_TIERS.find((tier) => tier === id) ?? null
}

/** What people call a membership: 'None' without one; one that this product no longer has goes by its id. */
export function nameTier(id: string | null): string {
  const tier = findTier(id)
  return tier ? TIER_NAMES[tier] : (id ?? 'None')
}

/** Prices of one action in whole credits: by tier, and `default` for everybody else. */
export type TierPrices = { default: number } & Record<MembershipTier, number>

/** Asks for the price of each tier, so that the database can pick the one that counts at the moment of the charge. */
export function pricesByTier(cost: (tier: MembershipTier | null) => number): TierPrices {
  return { default: cost(null), pro: cost('pro'), enterprise: cost('enterprise') }
}

/** Whether a membership, null for none, is at least the one that is required, null for none. */
export function opens(tier: MembershipTier | null, required: MembershipTier | null): boolean {
  const level = (of: MembershipTier | null) => (of ? MEMBERSHIP_TIERS.indexOf(of) : -1)
  return level(tier) >= level(required)
}
