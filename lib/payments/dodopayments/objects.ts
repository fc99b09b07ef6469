import { z } from 'zod'
import { DAY_MS } from '../../time.ts'
import {
  type Card,
  type CardUpdate,
  type DisputeUpdate,
  type PaymentUpdate,
  type RefundUpdate,
  SUBSCRIPTION_STATUSES,
  type SubscriptionUpdate,
} from '../events/payment-event.ts'

/** Only what is read of DodoPayments' objects; a field it adds or leaves empty elsewhere changes nothing. */
export const timestamp = z.iso.datetime({ offset: true })
const customer = z.looseObject({ customer_id: z.string().min(1) })

const payment = z.looseObject({
  payment_id: z.string().min(1),
  checkout_session_id: z.string().nullish(),
  subscription_id: z.string().nullish(),
  is_multi_subscription: z.boolean().nullish(),
  is_update_payment_method: z.boolean().nullish(),
  customer,
  product_cart: z.array(z.looseObject({ product_id: z.string(), quantity: z.int().min(1) })).nullish(),
  total_amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
  // For the receipt alone: no reason to refuse a payment.
  tax: z.int().min(0).nullish().catch(null),
  error_message: z.string().nullish(),
  // For the page of the plan alone, as well.
  card_network: z.string().min(1).max(40).nullish().catch(null),
  card_last_four: z
    .string()
    .regex(/^\d{4}$/)
    .nullish()
    .catch(null),
  created_at: timestamp,
})
type Payment = z.output<typeof payment>

const refund = z.looseObject({
  refund_id: z.string().min(1),
  payment_id: z.string().min(1),
  status: z.enum(['pending', 'review', 'succeeded', 'failed']),
  amount: z.int().min(0).nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  is_partial: z.boolean(),
  reason: z.string().nullish(),
  metadata: z
    .looseObject({ request_id: z.uuid().nullish().catch(null) })
    .nullish()
    .catch(null),
})

const dispute = z.looseObject({
  dispute_id: z.string().min(1),
  payment_id: z.string().min(1),
  // The one amount that DodoPayments sends as a string.
  amount: z.coerce.number().int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

const subscription = z.looseObject({
  subscription_id: z.string().min(1),
  customer,
  product_id: z.string().min(1),
  quantity: z.int().min(1),
  status: z.enum(SUBSCRIPTION_STATUSES),
  previous_billing_date: timestamp,
  next_billing_date: timestamp,
  created_at: timestamp,
  cancel_at_next_billing_date: z.boolean(),
  trial_period_days: z.int().min(0),
  scheduled_change: z.looseObject({ product_id: z.string().min(1) }).nullish(),
})

/** Null for what pays for nothing of ours: a new card being checked, or one charge for several subscriptions. */
export function toPaymentUpdate(data: unknown, status: PaymentUpdate['status']): PaymentUpdate | null {
  const read = payment.parse(data)
  if (checksCard(read) || read.is_multi_subscription) return null
  const [item, ...others] = read.product_cart ?? []
  return {
    kind: 'payment',
    payment_id: read.payment_id,
    checkout_session_id: read.checkout_session_id ?? null,
    subscription_id: read.subscription_id ?? null,
    customer_id: read.customer.customer_id,
    status,
    product_id: others.length === 0 ? (item?.product_id ?? null) : null,
    quantity: item?.quantity ?? 1,
    amount: read.total_amount,
    currency: read.currency,
    tax: read.tax ?? null,
    failure_reason: read.error_message ?? null,
    card: toCard(read),
    charged_at: read.created_at,
  }
}

/** The new card of a subscription, when a payment of nothing is what checked it; null for any other payment. */
export function toCardUpdate(data: unknown): CardUpdate | null {
  const read = payment.parse(data)
  const card = toCard(read)
  if (!checksCard(read) || !read.subscription_id || !card) return null
  return {
    kind: 'card',
    subscription_id: read.subscription_id,
    customer_id: read.customer.customer_id,
    card,
    occurred_at: read.created_at,
  }
}

const checksCard = (read: Payment) => read.is_update_payment_method === true && read.total_amount === 0

/** DodoPayments does not say until when a card can pay. */
function toCard({ card_network: brand, card_last_four: last_four }: Payment): Card | null {
  return brand && last_four ? { brand, last_four, expires_on: null } : null
}

export function toRefundUpdate(data: unknown): RefundUpdate {
  const read = refund.parse(data)
  return {
    kind: 'refund',
    refund_id: read.refund_id,
    payment_id: read.payment_id,
    request_id: read.metadata?.request_id ?? null,
    status: read.status,
    amount: read.amount ?? null,
    currency: read.currency ?? null,
    whole: !read.is_partial,
    reason: read.reason ?? null,
  }
}

export function toDisputeUpdate(
  data: unknown,
  status: DisputeUpdate['status'],
  occurredAt: string,
): DisputeUpdate {
  const { dispute_id, payment_id, amount, currency } = dispute.parse(data)
  return {
    kind: 'dispute',
    dispute_id,
    payment_id,
    status,
    amount,
    currency,
    respond_by: null,
    occurred_at: occurredAt,
  }
}

/** A subscription as it stands. That its period was paid is for others to say. */
export function toSubscriptionUpdate(data: unknown, occurredAt: string): SubscriptionUpdate {
  const read = subscription.parse(data)
  return {
    kind: 'subscription',
    subscription_id: read.subscription_id,
    customer_id: read.customer.customer_id,
    product_id: read.product_id,
    quantity: read.quantity,
    status: read.status,
    period_start: read.previous_billing_date,
    period_end: read.next_billing_date,
    cancel_at_period_end: read.cancel_at_next_billing_date,
    scheduled_product_id: read.scheduled_change?.product_id ?? null,
    trial: isTrial(read),
    paid: false,
    card: null,
    occurred_at: occurredAt,
  }
}

/** A trial is `active` at once, and its period ends when the trial does. */
function isTrial(read: z.output<typeof subscription>): boolean {
  const trialEnds = Date.parse(read.created_at) + read.trial_period_days * DAY_MS
  return read.trial_period_days > 0 && Date.parse(read.next_billing_date) <= trialEnds + DAY_MS / 2
}
