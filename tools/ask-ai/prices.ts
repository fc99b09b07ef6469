import type { TokenRates } from '@/lib/ai/tokens'
import type { MembershipTier } from '@/lib/tiers'

const PRICES: Record<MembershipTier | 'default', TokenRates> = {
  default: { input: 4, output: 20 },
  pro: { input: 3, output: 15 },
  enterprise: { input: 2, output: 10 },
}

/** What 1,000 tokens cost, in whole credits: of the question and of the answer. */
export const prices = (tier: MembershipTier | null): TokenRates => PRICES[tier ?? 'default']
