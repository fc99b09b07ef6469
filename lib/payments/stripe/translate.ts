import { z } from 'zod'
import type { PaymentEvent, PaymentUpdate } from '@/lib/payments/events/payment-event'
import { changesPaymentMethod, isOurs, toOccurredAt } from './fields'
import { toDisputeUpdate, toPaymentUpdate, toRefundUpdate } from './objects'
import { subscription, toSubscriptionUpdate } from './subscription-object'

const envelope = z.looseObject({
  type: z.string().min(1).max(200),
  created: z.int().min(0).optional(),
  data: z.looseObject({ object: z.unknown() }).optional(),
})

/** What each type says of a checkout; null where its `payment_status` does. */
export const SESSION_TYPES = new Map<string, PaymentUpdate['status'] | null>([
  ['checkout.session.completed', null],
  ['checkout.session.async_payment_succeeded', 'succeeded'],
  ['checkout.session.async_payment_failed', 'failed'],
])
const REFUND_TYPES = new Set(['refund.created', 'refund.updated', 'refund.failed'])
const DISPUTE_TYPES = new Set(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed'])
/** Each tells how a subscription stands. */
export const SUBSCRIPTION_TYPES = new Set(
  ['created', 'updated', 'deleted', 'paused', 'resumed'].map((type) => `customer.subscription.${type}`),
)

const completed = z.looseObject({ payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']) })

/**
 * Reads what a delivery says by itself. The session tells of a purchase, since only it names the checkout; what others
 * say only in part, `findEvents` asks for.
 * @throws ZodError when it is no delivery, or when one of a known type does not carry its object
 */
export function translateEvent(payload: unknown): { type: string; event: PaymentEvent | null } {
  const { type, created, data } = envelope.parse(payload)
  const object = data?.object
  const status = SESSION_TYPES.get(type)
  if (status !== undefined) return { type, event: toPaymentUpdate(object, status ?? statusOf(object)) }
  if (REFUND_TYPES.has(type)) return { type, event: toRefundUpdate(object) }
  if (DISPUTE_TYPES.has(type)) {
    return { type, event: toDisputeUpdate(object, toOccurredAt(z.int().parse(created))) }
  }
  if (SUBSCRIPTION_TYPES.has(type)) {
    const event = changesPaymentMethod(data) ? null : subscriptionEvent(object, z.int().parse(created))
    return { type, event }
  }
  return { type, event: null }
}

/** A bank transfer, for example, completes the checkout before the money has come. */
function statusOf(session: unknown): PaymentUpdate['status'] {
  return completed.parse(session).payment_status === 'unpaid' ? 'processing' : 'succeeded'
}

/** Null for a subscription of somebody else's, and for one with a schedule, which is asked for first. */
function subscriptionEvent(object: unknown, created: number): PaymentEvent | null {
  const named = z.looseObject({ metadata: z.unknown().optional() }).parse(object)
  if (!isOurs(named.metadata)) return null
  const read = subscription.parse(object)
  return read.schedule ? null : toSubscriptionUpdate(read, toOccurredAt(created))
}
