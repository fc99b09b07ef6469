import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

type NewRefund = { amount: number; metadata: Stripe.Metadata; status: 'succeeded' | 'failed' }

export function newRefund(paid: Plain<Stripe.PaymentIntent>, input: NewRefund): Plain<Stripe.Refund> {
  return {
    id: stripeId('re'),
    object: 'refund',
    amount: input.amount,
    balance_transaction: null,
    charge: idOf(paid.latest_charge),
    created: nowSeconds(),
    currency: paid.currency,
    customer: idOf(paid.customer),
    customer_account: null,
    metadata: input.metadata,
    payment_intent: paid.id,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: input.status,
    transfer_reversal: null,
    ...(input.status === 'failed' && { failure_reason: 'lost_or_stolen_card' }),
  }
}

const idOf = (reference: string | { id: string } | null) =>
  typeof reference === 'object' ? (reference?.id ?? null) : reference
