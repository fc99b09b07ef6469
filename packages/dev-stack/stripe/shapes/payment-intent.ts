import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

type NewIntent = {
  customer: Plain<Stripe.PaymentIntent>['customer']
  amount: number
  currency: string
  metadata: Stripe.Metadata
}

/** A payment that no card was tried for yet. */
export function newPaymentIntent({
  customer,
  amount,
  currency,
  metadata,
}: NewIntent): Plain<Stripe.PaymentIntent> {
  return {
    id: stripeId('pi'),
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: null,
    confirmation_method: 'automatic',
    created: nowSeconds(),
    currency,
    customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: stripeId('ch'),
    livemode: false,
    managed_payments: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_group: null,
  }
}
