import { z } from 'zod'
import {
  DISPUTE_STATUSES,
  type DisputeUpdate,
  type PaymentEvent,
  type PaymentUpdate,
  type SubscriptionUpdate,
} from '../events/payment-event.ts'
import {
  timestamp as timestampSchema,
  toCardUpdate,
  toDisputeUpdate,
  toPaymentUpdate,
  toRefundUpdate,
  toSubscriptionUpdate,
} from './objects.ts'

const envelope = z.looseObject({
  type: z.string().min(1).max(200),
  timestamp: z.unknown().optional(),
  data: z.unknown().optional(),
})

const PAYMENT_STATUSES = new Map<string, PaymentUpdate['status']>(
  (['processing', 'succeeded', 'failed', 'cancelled'] as const).map((status) => [
    `payment.${status}`,
    status,
  ]),
)
const REFUND_TYPES = new Set(['refund.succeeded', 'refund.failed'])
const DISPUTE_TYPES = new Map<string, DisputeUpdate['status']>(
  DISPUTE_STATUSES.map((status) => [`dispute.${status}`, status]),
)
/** What each type says of the status; null where the type alone does not say. */
const SUBSCRIPTION_TYPES = new Map<string, SubscriptionUpdate['status'] | null>([
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
const SAME_TIME_MS = 60_000

/**
 * Reads a delivery. The type decides where it says what happened, since `data` is the object as it stood at delivery
 * and the event that follows will tell the rest. The event is null for a type there is nothing to do about.
 * @throws ZodError when it is no delivery, or when one of a known type does not carry its object
 */
export function translateEvent(payload: unknown): { type: string; event: PaymentEvent | null } {
  const { type, timestamp, data } = envelope.parse(payload)
  const paymentStatus = PAYMENT_STATUSES.get(type)
  if (paymentStatus) return { type, event: paymentEvent(data, paymentStatus) }
  if (REFUND_TYPES.has(type)) return { type, event: toRefundUpdate(data) }
  const disputeStatus = DISPUTE_TYPES.get(type)
  if (disputeStatus)
    return { type, event: toDisputeUpdate(data, disputeStatus, timestampSchema.parse(timestamp)) }
  const subscriptionStatus = SUBSCRIPTION_TYPES.get(type)
  if (subscriptionStatus === undefined) return { type, event: null }
  return { type, event: subscriptionEvent(type, data, subscriptionStatus, timestampSchema.parse(timestamp)) }
}

function paymentEvent(data: unknown, status: PaymentUpdate['status']): PaymentEvent | null {
  return toPaymentUpdate(data, status) ?? (status === 'succeeded' ? toCardUpdate(data) : null)
}

function subscriptionEvent(
  type: string,
  data: unknown,
  status: SubscriptionUpdate['status'] | null,
  occurredAt: string,
): SubscriptionUpdate {
  const event = toSubscriptionUpdate(data, occurredAt)
  const startedNow = Math.abs(Date.parse(occurredAt) - Date.parse(event.period_start)) <= SAME_TIME_MS
  const paid = type === 'subscription.renewed' || (type === 'subscription.plan_changed' && startedNow)
  return { ...event, status: status ?? statusOf(type, event), paid: paid && !event.trial }
}

/** A cancellation for the end of the period keeps the subscription alive until then. */
function statusOf(type: string, event: SubscriptionUpdate): SubscriptionUpdate['status'] {
  if (type !== 'subscription.cancelled') return event.status
  if (event.status === 'expired') return 'expired'
  return event.cancel_at_period_end ? 'active' : 'cancelled'
}
