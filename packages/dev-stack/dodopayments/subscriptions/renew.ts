import { DECLINED, findCard } from '../cards.ts'
import { SandboxError } from '../http.ts'
import { emitPayment } from '../payments.ts'
import type { Sandbox } from '../sandbox.ts'
import type { DodoPayments, RenewalOutcome, SubscriptionRecord } from '../types.ts'
import { applyScheduledChange } from './change-plan.ts'
import { chargeSubscription } from './charge.ts'
import { emitSubscription } from './emit.ts'
import { addInterval, startPeriod } from './interval.ts'

/** What a subscription that is not over, and not paused, can be in. */
const RENEWABLE: readonly DodoPayments.SubscriptionStatus[] = ['active', 'on_hold', 'past_due']

type Options = {
  /** When the new period starts. */
  at: Date
  /** Instead of what was set for the next renewal, or what the card does. */
  outcome?: RenewalOutcome
}

/**
 * Ends a period: charges the next one, or lets a subscription go that was to end here.
 * @throws SandboxError 409 when it is paused or over
 */
export function renewSubscription(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  { at, outcome }: Options,
): void {
  const { subscription } = record
  if (!RENEWABLE.includes(subscription.status)) {
    const message = `A subscription that is ${subscription.status} does not renew.`
    throw new SandboxError(409, 'SUBSCRIPTION_NOT_RENEWABLE', message)
  }
  if (subscription.cancel_at_next_billing_date) {
    subscription.next_billing_date = at.toISOString()
    expireSubscription(sandbox, record)
    return
  }
  applyScheduledChange(sandbox, record)
  const ending = outcome ?? record.nextRenewal ?? usualOutcome(record)
  record.nextRenewal = null
  if (ending === 'succeeded') succeed(sandbox, record, at)
  else fail(sandbox, record, at, ending)
}

function succeed(sandbox: Sandbox, record: SubscriptionRecord, at: Date): void {
  const amount = record.subscription.recurring_pre_tax_amount
  const payment = chargeSubscription(sandbox, record, { amount, outcome: { status: 'succeeded' } })
  announceRenewal(sandbox, record, payment, at)
}

/** Starts the period that a payment has paid for. */
export function announceRenewal(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  payment: DodoPayments.Payment,
  at: Date,
): void {
  const { subscription } = record
  const recovered = subscription.status !== 'active'
  startPeriod(record, at)
  subscription.status = 'active'
  if (recovered) emitSubscription(sandbox, subscription, 'active')
  emitPayment(sandbox, payment)
  emitSubscription(sandbox, subscription, 'renewed')
}

type Failure = Exclude<RenewalOutcome, 'succeeded'>

function fail(sandbox: Sandbox, record: SubscriptionRecord, at: Date, ending: Failure): void {
  const { subscription } = record
  const amount = subscription.recurring_pre_tax_amount
  const payment = chargeSubscription(sandbox, record, { amount, outcome: DECLINED })
  if (ending === 'payment_failed') {
    // The charge is tried again tomorrow.
    subscription.next_billing_date = addInterval(at, 1, 'Day').toISOString()
    emitPayment(sandbox, payment)
    return
  }
  subscription.next_billing_date = at.toISOString()
  subscription.status = ending
  emitPayment(sandbox, payment)
  emitSubscription(sandbox, subscription, ending)
}

/** Ends a subscription as if its last period were over. */
export function expireSubscription(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  subscription.status = 'expired'
  emitSubscription(sandbox, subscription, 'expired')
}

const usualOutcome = ({ cardNumber }: SubscriptionRecord): RenewalOutcome =>
  findCard(cardNumber).renewal?.status === 'failed' ? 'on_hold' : 'succeeded'
