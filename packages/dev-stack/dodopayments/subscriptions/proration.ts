import type { DodoPayments } from '../types.ts'

type Mode = DodoPayments.SubscriptionChangePlanParams['proration_billing_mode']

/**
 * What a change to a plan of `newAmount` costs at once, in minor units. A cheaper plan costs nothing; the sandbox
 * keeps no credit for what is left of the dearer one.
 */
export function amountDue(
  subscription: DodoPayments.Subscription,
  newAmount: number,
  mode: Mode,
  now = new Date(),
): number {
  if (mode === 'full_immediately') return newAmount
  // Nothing has been paid in a trial that could be set against the new plan.
  if (mode === 'do_not_bill' || isInTrial(subscription)) return 0
  const difference = Math.max(0, newAmount - subscription.recurring_pre_tax_amount)
  if (mode === 'difference_immediately') return difference
  const start = Date.parse(subscription.previous_billing_date)
  const end = Date.parse(subscription.next_billing_date)
  const left = Math.min(1, Math.max(0, (end - now.getTime()) / (end - start)))
  return Math.round(difference * left)
}

/** No period has started since the trial did. */
const isInTrial = ({ trial_period_days, previous_billing_date, created_at }: DodoPayments.Subscription) =>
  trial_period_days > 0 && previous_billing_date === created_at
