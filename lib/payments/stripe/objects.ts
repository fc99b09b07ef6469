import { z } from 'zod'
import type { DisputeUpdate, PaymentUpdate, RefundUpdate } from '@/lib/payments/events/payment-event'
import { currency, id, ourMetadata, reference, seconds, toTimestamp } from './fields'

export const intent = z.looseObject({
  id,
  metadata: z.unknown().optional(),
  status: z.string(),
  last_payment_error: z.looseObject({ message: z.string().nullish() }).nullish(),
})

export type PaymentIntent = z.output<typeof intent>

const INTENT_STATUSES: Record<string, PaymentUpdate['status']> = {
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'cancelled',
}

const session = z.looseObject({
  id,
  mode: z.enum(['payment', 'setup', 'subscription']),
  customer: reference.nullish(),
  payment_intent: z.union([id, intent]).nullish(),
  amount_total: z.int().min(0),
  currency,
  // For the receipt alone, and none where taxes are not computed: no reason to refuse a payment.
  total_details: z
    .looseObject({ amount_tax: z.int().min(0) })
    .nullish()
    .catch(null),
  created: seconds,
  metadata: z.unknown().optional(),
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
  evidence_details: z.looseObject({ due_by: z.int().nullish() }).nullish(),
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

/**
 * The payment of a purchase; null for a session of somebody else's, of a plan, and for one that took no money.
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
    tax: read.total_details?.amount_tax || null,
    failure_reason: failureOf(status, typeof paid === 'string' ? null : paid),
    card: null,
    charged_at: toTimestamp(read.created),
  }
}

/** Why a payment failed, as its bank says; null for one that did not. */
export function failureOf(status: PaymentUpdate['status'], paid: PaymentIntent | null): string | null {
  if (status !== 'failed') return null
  return paid?.last_payment_error?.message ?? 'The payment did not go through.'
}

/** How a payment stands; null while it is still being made. */
export function statusOf({ status, last_payment_error }: PaymentIntent): PaymentUpdate['status'] | null {
  if (status === 'requires_payment_method') return last_payment_error ? 'failed' : null
  return INTENT_STATUSES[status] ?? null
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
  const dueBy = read.evidence_details?.due_by
  if (!status || !read.payment_intent) return null
  return {
    kind: 'dispute',
    dispute_id: read.id,
    payment_id: read.payment_intent,
    status,
    amount: read.amount,
    currency: read.currency,
    respond_by: dueBy ? toTimestamp(dueBy) : null,
    occurred_at: occurredAt,
  }
}
