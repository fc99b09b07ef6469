import type { LedgerRow } from '@/lib/account/list-transactions'
import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { findTier, TIER_NAMES } from '@/lib/tiers'

/** What a charge by a price rule was for: 'Short summary', and the membership whose price it was. */
export type Charge = { what: string | null; tier: string | null }

type Words = { unit: CreditUnit; format: Pick<Format, 'countCredits'> }

const SENTENCES: Record<string, (credits: string, amount: number) => string> = {
  signup_bonus: (credits) => `A welcome gift of ${credits}.`,
  promotion: (credits) => `A gift of ${credits}.`,
  purchase: (credits) => `You bought ${credits}.`,
  subscription_grant: (credits) => `Your plan brought you ${credits}.`,
  refund: (credits) => `You got ${credits} of a charge back.`,
  admin_adjustment: (credits, amount) =>
    amount > 0 ? `Our support added ${credits}.` : `Our support took ${credits} off.`,
  clawback: (credits) => `${credits} of a payment that was given back to you were taken back.`,
  clawback_reversal: (credits) => `${credits} that were taken back are yours again.`,
  debt_repayment: (credits) => `${credits} repaid what you owed.`,
  expiry: (credits) => `${credits} reached their last day.`,
  deduction: (credits) => `This took ${credits}.`,
}

/** A ledger row in a sentence: `Short summary: 1 credit, Pro price`. */
export function describeEntry(
  { type, amount }: Pick<LedgerRow, 'type' | 'amount'>,
  charge: Charge | null,
  { unit, format }: Words,
): string {
  const credits = format.countCredits(Math.abs(amount), unit)
  if (charge?.what) {
    const tier = findTier(charge.tier)
    return `${charge.what}: ${credits}${tier ? `, ${TIER_NAMES[tier]} price` : ''}`
  }
  return SENTENCES[type]?.(credits, amount) ?? credits
}
