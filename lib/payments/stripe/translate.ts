import { z } from 'zod'
import type { PaymentEvent, PaymentUpdate } from '@/lib/payments/events/payment-event'
import { toDisputeUpdate, toPaymentUpdate, toRefundUpdate, toTimestamp } from './objects'

const envelope = z.looseObject({
  type: z.string().min(1).max(200),
  created: z.int().min(0).optional(),
  data: z.looseObject({ object: z.unknown() }).optional(),
})

/** What each type says of a checkout; null where its `payment_status` does. */
const SESSION_TYPES = new Map<string, PaymentUpdate['status'] | null>([
  ['checkout.session.completed', null],
  ['checkout.session.async_payment_succeeded', 'succeeded'],
  ['checkout.session.async_payment_failed', 'failed'],
])
const REFUND_TYPES = new Set(['refund.created', 'refund.updated', 'refund.failed'])
const DISPUTE_TYPES = new Set(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed'])

const completed = z.looseObject({ payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']) })

/**
 * Reads a delivery. The session tells of a payment, since only it names the checkout: the events of its payment intent
 * and charge say nothing more, and are kept without an effect, as are those of plans, which Stripe does not sell here.
 * @throws ZodError when it is no delivery, or when one of a known type does not carry its object
 */
export function translateEvent(payload: unknown): { type: string; event: PaymentEvent | null } {
  const { type, created, data } = envelope.parse(payload)
  const object = data?.object
  const status = SESSION_TYPES.get(type)
  if (status !== undefined) return { type, event: toPaymentUpdate(object, status ?? statusOf(object)) }
  if (REFUND_TYPES.has(type)) return { type, event: toRefundUpdate(object) }
  if (DISPUTE_TYPES.has(type)) {
    return { type, event: toDisputeUpdate(object, toTimestamp(z.int().parse(created))) }
  }
  return { type, event: null }
}

/** A bank transfer, for example, completes the checkout before the money has come. */
function statusOf(session: unknown): PaymentUpdate['status'] {
  return completed.parse(session).payment_status === 'unpaid' ? 'processing' : 'succeeded'
}
