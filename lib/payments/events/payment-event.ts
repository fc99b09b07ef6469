import { z } from 'zod'

/** A timestamp as ISO 8601, by the provider's clock. */
const timestamp = z.iso.datetime({ offset: true })
/** Money in whole minor units of `currency`. */
const minorUnits = z.int().min(0)
const currency = z.string().regex(/^[A-Z]{3}$/)
const id = z.string().min(1).max(255)

/** What a dispute may have come to. */
export const DISPUTE_STATUSES = [
  'opened',
  'challenged',
  'won',
  'cancelled',
  'lost',
  'accepted',
  'expired',
] as const

/** What a subscription may be; the last three are for good. */
export const SUBSCRIPTION_STATUSES = [
  'pending',
  'active',
  'past_due',
  'on_hold',
  'paused',
  'cancelled',
  'expired',
  'failed',
] as const

const card = z.object({
  /** As the provider calls its network: `visa`, `MASTERCARD`. */
  brand: z.string().min(1).max(40),
  last_four: z.string().regex(/^\d{4}$/),
  /** The last day it can pay, as 2027-08-31; null where the provider does not say. */
  expires_on: z.iso.date().nullable(),
})

const paymentUpdate = z.object({
  kind: z.literal('payment'),
  payment_id: id,
  checkout_session_id: id.nullable(),
  /** Of a charge of a subscription. */
  subscription_id: id.nullable(),
  customer_id: id,
  status: z.enum(['processing', 'succeeded', 'failed', 'cancelled']),
  /** Null when the payment is not for exactly one product. */
  product_id: id.nullable(),
  quantity: z.int().min(1),
  amount: minorUnits,
  currency,
  /** Within `amount`; null when it is not known. */
  tax: minorUnits.nullable(),
  failure_reason: z.string().nullable(),
  /** What it was paid with; null for another way to pay, or where the provider does not say. */
  card: card.nullable().default(null),
  charged_at: timestamp,
})

const subscriptionUpdate = z.object({
  kind: z.literal('subscription'),
  subscription_id: id,
  customer_id: id,
  product_id: id,
  quantity: z.int().min(1),
  status: z.enum(SUBSCRIPTION_STATUSES),
  period_start: timestamp,
  period_end: timestamp,
  cancel_at_period_end: z.boolean(),
  scheduled_product_id: id.nullable(),
  trial: z.boolean(),
  /** Whether this says that the period was paid: then it grants its credits, once. */
  paid: z.boolean(),
  /** What pays it from now on; null says nothing. */
  card: card.nullable().default(null),
  occurred_at: timestamp,
})

/** That another card pays a subscription from now on. */
const cardUpdate = z.object({
  kind: z.literal('card'),
  subscription_id: id,
  customer_id: id,
  card,
  occurred_at: timestamp,
})

const refundUpdate = z.object({
  kind: z.literal('refund'),
  refund_id: id,
  payment_id: id,
  /** Our own id of the request, where the provider kept it. */
  request_id: z.uuid().nullable(),
  status: z.enum(['pending', 'review', 'succeeded', 'failed']),
  amount: minorUnits.nullable(),
  currency: currency.nullable(),
  /** Whether it gave the whole payment back, whatever the amounts say after conversion. */
  whole: z.boolean(),
  reason: z.string().nullable(),
})

const disputeUpdate = z.object({
  kind: z.literal('dispute'),
  dispute_id: id,
  payment_id: id,
  status: z.enum(DISPUTE_STATUSES),
  amount: minorUnits,
  currency,
  /** Until when evidence counts; null where the provider does not say. */
  respond_by: timestamp.nullable().default(null),
  occurred_at: timestamp,
})

/**
 * What a provider says of money, in our words: the one shape that `apply_payment_event` takes. A provider's adapter
 * translates its deliveries and its lists into it, so the database knows no provider.
 */
export const paymentEvent = z.discriminatedUnion('kind', [
  paymentUpdate,
  subscriptionUpdate,
  cardUpdate,
  refundUpdate,
  disputeUpdate,
])

export type Card = z.output<typeof card>
export type PaymentEvent = z.output<typeof paymentEvent>
export type PaymentUpdate = z.output<typeof paymentUpdate>
export type SubscriptionUpdate = z.output<typeof subscriptionUpdate>
export type CardUpdate = z.output<typeof cardUpdate>
export type RefundUpdate = z.output<typeof refundUpdate>
export type DisputeUpdate = z.output<typeof disputeUpdate>
