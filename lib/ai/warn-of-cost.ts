import { MEMBERSHIP_TIERS, type MembershipTier } from '@/lib/tiers'
import { PRICED_TOKENS, type TokenRates } from './tokens'

const COSTED_TOKENS = 1_000_000

type Rates = {
  /** The price of 1,000 tokens, in whole credits. */
  prices: (tier: MembershipTier | null) => TokenRates
  /** The cost of a million tokens to the owner, in US dollars. */
  cost: TokenRates
  /** What a credit is worth, in US dollars. */
  creditValue: number
}

/** Says which memberships pay less for tokens than these cost the owner; null when none does. */
export function warnOfCost({ prices, cost, creditValue }: Rates): string | null {
  const isBelow = (tier: MembershipTier | null, kind: keyof TokenRates) =>
    (prices(tier)[kind] / PRICED_TOKENS) * creditValue < cost[kind] / COSTED_TOKENS
  const below = [null, ...MEMBERSHIP_TIERS].filter(
    (tier) => isBelow(tier, 'input') || isBelow(tier, 'output'),
  )
  if (below.length === 0) return null
  const names = below.map((tier) => tier ?? 'no membership').join(', ')
  return `Tokens cost more than they are sold for, with ${names}. Raise the price, or find a cheaper provider.`
}
