import { z } from 'zod'
import {
  DISPUTE_STATUSES,
  type DisputeFact,
  type MoneyFact,
  type PaymentFact,
  type SubscriptionFact,
} from '@/lib/payments/events/payment-event'
import { moment, toDisputeFact, toPaymentFact, toRefundFact, toSubscriptionFact } from './objects'

const envelope = z.looseObject({
  type: z.string().min(1).max(200),
  timestamp: z.unknown().optional(),
  data: z.unknown().optional(),
})

const PAYMENT_STATUSES = new Map<string, PaymentFact['status']>(
  (['processing', 'succeeded', 'failed', 'cancelled'] as const).map((status) => [
    `payment.${status}`,
    status,
  ]),
)
const REFUND_TYPES = new Set(['refund.succeeded', 'refund.failed'])
const DISPUTE_TYPES = new Map<string, DisputeFact['status']>(
  DISPUTE_STATUSES.map((status) => [`dispute.${status}`, status]),
)
/** What each type says of the status; null where the type alone does not say. */
const SUBSCRIPTION_TYPES = new Map<string, SubscriptionFact['status'] | null>([
  ['subscription.active', 'active'],
  ['subscription.renewed', 'active'],
  ['subscription.unpaused', 'active'],
  ['subscription.on_hold', 'on_hold'],
  ['subscription.past_due', 'past_due'],
  ['subscription.paused', 'paused'],
  ['subscription.failed', 'failed'],
  ['subscription.expired', 'expired'],
  ['subscription.cancelled', null],
  ['subscription.plan_changed', null],
  ['subscription.updated', null],
  ['subscription.update_payment_method', null],
])

/** A plan change that begins a period was paid in full; the provider's two clocks may differ by this much. */
const SAME_MOMENT_MS = 60_000

/**
 * Reads a delivery. The type decides where it says what happened, since `data` is the object as it stood at delivery
 * and the event that follows will tell the rest. The fact is null for a type there is nothing to do about.
 * @throws ZodError when it is no delivery, or when one of a known type does not carry its object
 */
export function translateDelivery(payload: unknown): { type: string; fact: MoneyFact | null } {
  const { type, timestamp, data } = envelope.parse(payload)
  const paymentStatus = PAYMENT_STATUSES.get(type)
  if (paymentStatus) return { type, fact: toPaymentFact(data, paymentStatus) }
  if (REFUND_TYPES.has(type)) return { type, fact: toRefundFact(data) }
  const disputeStatus = DISPUTE_TYPES.get(type)
  if (disputeStatus) return { type, fact: toDisputeFact(data, disputeStatus, moment.parse(timestamp)) }
  const subscriptionStatus = SUBSCRIPTION_TYPES.get(type)
  if (subscriptionStatus === undefined) return { type, fact: null }
  return { type, fact: subscriptionEvent(type, data, subscriptionStatus, moment.parse(timestamp)) }
}

function subscriptionEvent(
  type: string,
  data: unknown,
  status: SubscriptionFact['status'] | null,
  occurredAt: string,
): SubscriptionFact {
  const fact = toSubscriptionFact(data, occurredAt)
  const startedNow = Math.abs(Date.parse(occurredAt) - Date.parse(fact.period_start)) <= SAME_MOMENT_MS
  const paid = type === 'subscription.renewed' || (type === 'subscription.plan_changed' && startedNow)
  return { ...fact, status: status ?? statusOf(type, fact), paid: paid && !fact.trial }
}

/** A cancellation for the end of the period keeps the subscription alive until then. */
function statusOf(type: string, fact: SubscriptionFact): SubscriptionFact['status'] {
  if (type !== 'subscription.cancelled') return fact.status
  if (fact.status === 'expired') return 'expired'
  return fact.cancel_at_period_end ? 'active' : 'cancelled'
}
