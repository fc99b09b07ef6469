import type { TestCard } from '../cards.ts'
import { newId } from '../ids.ts'
import type { CheckoutSession, DodoPayments } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'
import { toCustomerDetails } from './customer.ts'

/** A payment as it stands when the card has answered; failed ones carry the reason. */
export function newPayment(
  session: CheckoutSession,
  customer: DodoPayments.Customer,
  card: TestCard,
): DodoPayments.Payment {
  const now = new Date().toISOString()
  const { total, currency } = session
  const failure = card.outcome.status === 'failed' ? card.outcome : null
  return {
    payment_id: newId('pay'),
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    status: card.outcome.status,
    total_amount: total,
    tax: 0,
    currency,
    settlement_amount: total,
    settlement_currency: currency,
    settlement_tax: 0,
    billing: { country: 'US', city: null, state: null, street: null, zipcode: null },
    customer: toCustomerDetails(customer),
    metadata: session.metadata,
    created_at: now,
    updated_at: now,
    digital_products_delivered: false,
    disputes: [],
    refunds: [],
    refund_status: null,
    is_multi_subscription: false,
    is_update_payment_method: false,
    payment_provider: 'dodo',
    payment_method: 'card',
    payment_method_type: null,
    payment_method_id: null,
    payment_link: null,
    card_holder_name: null,
    card_issuing_country: 'US',
    card_last_four: card.number.slice(-4),
    card_network: card.network.toUpperCase(),
    card_type: 'CREDIT',
    error_code: failure?.code ?? null,
    error_message: failure?.message ?? null,
    retry_attempt: 0,
    discount_id: null,
    discounts: null,
    invoice_id: null,
    invoice_url: null,
    custom_field_responses: null,
    subscription_ids: [],
    subscription_id: null,
    checkout_session_id: session.id,
    product_cart: session.cart,
  }
}

export function toPaymentListItem(payment: DodoPayments.Payment): DodoPayments.PaymentListResponse {
  return {
    payment_id: payment.payment_id,
    brand_id: payment.brand_id,
    created_at: payment.created_at,
    currency: payment.currency,
    customer: payment.customer,
    digital_products_delivered: payment.digital_products_delivered,
    has_license_key: false,
    is_multi_subscription: payment.is_multi_subscription,
    metadata: payment.metadata,
    payment_provider: payment.payment_provider,
    payment_method: payment.payment_method,
    card_last_four: payment.card_last_four,
    card_network: payment.card_network,
    subscription_ids: payment.subscription_ids,
    subscription_id: payment.subscription_id,
    total_amount: payment.total_amount,
    refund_status: payment.refund_status,
    status: payment.status,
  }
}
