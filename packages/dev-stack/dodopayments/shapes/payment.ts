import type { CardOutcome, TestCard } from '../cards.ts'
import { newId } from '../ids.ts'
import type { DodoPayments, SandboxState } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'
import { toDispute } from './dispute.ts'
import { toRefundListItem } from './refund.ts'

type NewPayment = {
  outcome: CardOutcome
  card: TestCard
  amount: number
  currency: DodoPayments.Currency
  customer: DodoPayments.CustomerLimitedDetails
  metadata: DodoPayments.Metadata
  cart: DodoPayments.Payment.ProductCart[]
  sessionId: string | null
  subscriptionId: string | null
  /** Takes a new card for a subscription, and pays for no period by itself. */
  updatesPaymentMethod?: boolean
}

/** A payment as it stands when the card has answered; failed ones carry the reason. */
export function newPayment(input: NewPayment): DodoPayments.Payment {
  const now = new Date().toISOString()
  const { amount, currency, card } = input
  const failure = input.outcome.status === 'failed' ? input.outcome : null
  return {
    payment_id: newId('pay'),
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    status: input.outcome.status,
    total_amount: amount,
    tax: 0,
    currency,
    settlement_amount: amount,
    settlement_currency: currency,
    settlement_tax: 0,
    billing: { country: 'US', city: null, state: null, street: null, zipcode: null },
    customer: input.customer,
    metadata: input.metadata,
    created_at: now,
    updated_at: now,
    digital_products_delivered: false,
    disputes: [],
    refunds: [],
    refund_status: null,
    is_multi_subscription: false,
    is_update_payment_method: input.updatesPaymentMethod ?? false,
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
    invoice_id: failure || input.outcome.status === 'cancelled' ? null : newId('inv'),
    invoice_url: null,
    custom_field_responses: null,
    subscription_ids: input.subscriptionId ? [input.subscriptionId] : [],
    subscription_id: input.subscriptionId,
    checkout_session_id: input.sessionId,
    product_cart: input.cart,
  }
}

/** A kept payment with what became of it since: its refunds and disputes. */
export function toPayment(state: SandboxState, payment: DodoPayments.Payment): DodoPayments.Payment {
  const refunds = Object.values(state.refunds)
    .map(({ refund }) => refund)
    .filter(({ payment_id }) => payment_id === payment.payment_id)
  const disputes = Object.values(state.disputes).filter(({ payment_id }) => payment_id === payment.payment_id)
  const refunded = refunds
    .filter(({ status }) => status === 'succeeded')
    .reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  return {
    ...payment,
    refunds: refunds.map(toRefundListItem),
    disputes: disputes.map(toDispute),
    refund_status: refunded === 0 ? null : refunded < payment.total_amount ? 'partial' : 'full',
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
    dispute_status: payment.disputes.at(-1)?.dispute_status ?? null,
    invoice_id: payment.invoice_id,
    invoice_url: payment.invoice_url,
    payment_method_type: payment.payment_method_type,
    status: payment.status,
  }
}
