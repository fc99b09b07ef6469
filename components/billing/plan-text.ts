import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { type MembershipTier, TIER_NAMES } from '@/lib/tiers'

type Interval = 'month' | 'year'

/** What a plan brings, as far as it has to be said. */
export type PlanTerms = {
  credits: number
  /** The wallet that it fills. */
  type: CreditUnit
  interval: Interval
  unusedCredits: 'roll_over' | 'expire'
  tier: MembershipTier | null
}

/** `500 credits every month`. */
export function creditsInWords(
  { countCredits }: Format,
  { credits, type, interval }: Pick<PlanTerms, 'credits' | 'type' | 'interval'>,
): string {
  return `${countCredits(credits, type)} every ${interval}`
}

/** What becomes of credits that are left when a period ends: they `roll over to the next month`. */
export function unusedInWords({ interval, unusedCredits }: PlanTerms): string {
  return unusedCredits === 'roll_over'
    ? `roll over to the next ${interval}`
    : `expire when the ${interval} ends`
}

/** The membership a plan carries: `Pro membership`; null for a plan without one. What it is good for, tools decide. */
export function membershipInWords({ tier }: PlanTerms): string | null {
  return tier && `${TIER_NAMES[tier]} membership`
}

/** What is free about a plan at first: `First 14 days free with your first plan`; null for nothing. */
export function trialInWords({ trialDays }: { trialDays: number }): string | null {
  if (trialDays === 0) return null
  return `${trialDays === 1 ? 'First day' : `First ${trialDays} days`} free with your first plan`
}
