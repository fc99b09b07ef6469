import { z } from 'zod'
import type { DisputeUpdate, PaymentUpdate, RefundUpdate } from '@/lib/payments/events/payment-event'

/** Only what is read of Stripe's objects; a field it adds or leaves empty elsewhere changes nothing. */
const id = z.string().min(1).max(255)
/** Stripe writes currencies in lower case. */
const currency = z
  .string()
  .regex(/^[a-z]{3}$/i)
  .transform((code) => code.toUpperCase())
const seconds = z.int().min(0)
/** An object, or its id where it was not asked for whole. */
const reference = z.union([id, z.looseObject({ id }).transform((object) => object.id)])
const intent = z.looseObject({
  id,
  status: z.string(),
  last_payment_error: z.looseObject({ message: z.string().nullish() }).nullish(),
})

/** What the server wrote into a session when it opened it; others' sessions carry none of it. */
const ourMetadata = z.looseObject({ package_id: z.string().min(1), product_id: z.string().min(1) })

const session = z.looseObject({
  id,
  mode: z.enum(['payment', 'setup', 'subscription']),
  customer: reference.nullish(),
  payment_intent: z.union([id, intent]).nullish(),
  amount_total: z.int().min(0),
  currency,
  created: seconds,
  metadata: z.unknown(),
})

const refund = z.looseObject({
  id,
  payment_intent: reference.nullish(),
  status: z.string().nullish(),
  amount: z.int().min(0),
  currency,
  failure_reason: z.string().nullish(),
  metadata: z
    .looseObject({ request_id: z.uuid().nullish().catch(null), reason: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
})

const dispute = z.looseObject({
  id,
  payment_intent: reference.nullish(),
  status: z.string(),
  amount: z.int().min(0),
  currency,
})

const REFUND_STATUSES: Record<string, RefundUpdate['status']> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
}

/** An inquiry (`warning_…`) moves no money: nothing is done until it becomes a dispute. */
const DISPUTE_STATUSES: Record<string, DisputeUpdate['status']> = {
  needs_response: 'opened',
  under_review: 'challenged',
  won: 'won',
  lost: 'lost',
  prevented: 'cancelled',
}

/** Unix seconds as a timestamp. */
export const toTimestamp = (unix: number) => new Date(unix * 1000).toISOString()

/** Whether an object carries what our server writes into each checkout. */
export const isOurs = (metadata: unknown) => ourMetadata.safeParse(metadata).success

/**
 * The payment of a checkout; null for a session of somebody else's, and for one that took no money.
 * @param status as the event says, or as the payment intent does
 */
export function toPaymentUpdate(data: unknown, status: PaymentUpdate['status']): PaymentUpdate | null {
  const read = session.parse(data)
  const ours = ourMetadata.safeParse(read.metadata)
  if (!ours.success || read.mode !== 'payment' || !read.payment_intent) return null
  const paid = read.payment_intent
  return {
    kind: 'payment',
    payment_id: typeof paid === 'string' ? paid : paid.id,
    checkout_session_id: read.id,
    subscription_id: null,
    customer_id: id.parse(read.customer),
    status,
    product_id: ours.data.product_id,
    quantity: 1,
    amount: read.amount_total,
    currency: read.currency,
    failure_reason: failureOf(paid, status),
    charged_at: toTimestamp(read.created),
  }
}

function failureOf(paid: string | z.output<typeof intent>, status: PaymentUpdate['status']): string | null {
  if (status !== 'failed') return null
  return (
    (typeof paid === 'string' ? null : paid.last_payment_error?.message) ?? 'The payment did not go through.'
  )
}

/** Null for a refund of a charge that no checkout made. */
export function toRefundUpdate(data: unknown, { whole = false } = {}): RefundUpdate | null {
  const read = refund.parse(data)
  if (!read.payment_intent) return null
  return {
    kind: 'refund',
    refund_id: read.id,
    payment_id: read.payment_intent,
    request_id: read.metadata?.request_id ?? null,
    status: REFUND_STATUSES[read.status ?? 'pending'] ?? 'review',
    amount: read.amount,
    currency: read.currency,
    whole,
    reason: read.metadata?.reason ?? read.failure_reason ?? null,
  }
}

/** Null for an inquiry, and for a charge that no checkout made. */
export function toDisputeUpdate(data: unknown, occurredAt: string): DisputeUpdate | null {
  const read = dispute.parse(data)
  const status = DISPUTE_STATUSES[read.status]
  if (!status || !read.payment_intent) return null
  return {
    kind: 'dispute',
    dispute_id: read.id,
    payment_id: read.payment_intent,
    status,
    amount: read.amount,
    currency: read.currency,
    occurred_at: occurredAt,
  }
}
