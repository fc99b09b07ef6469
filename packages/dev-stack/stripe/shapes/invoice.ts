import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'
import { newInvoiceLine } from './invoice-line.ts'
import { listOfAll } from './list.ts'

/** The period of a subscription that an invoice is about. */
export type BilledPeriod = {
  subscription: Plain<Stripe.Subscription>
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update'
}

type NewInvoice = {
  customer: Plain<Stripe.Invoice>['customer']
  total: number
  currency: string
  /** Left out for what is bought once. */
  billed?: BilledPeriod
  pdfOf(id: string): string
}

/** An invoice that waits for its payment. */
export function newInvoice({ total, billed, ...input }: NewInvoice): Plain<Stripe.Invoice> {
  const id = stripeId('in')
  const created = nowSeconds()
  const details = billed && {
    metadata: billed.subscription.metadata,
    subscription: billed.subscription.id,
  }
  return {
    id,
    object: 'invoice',
    account_country: null,
    account_name: null,
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: billed?.reason ?? 'manual',
    collection_method: 'charge_automatically',
    created,
    currency: input.currency,
    custom_fields: null,
    customer: input.customer,
    customer_account: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOfAll(`/v1/invoices/${id}/lines`, billed ? [newInvoiceLine(id, billed.subscription)] : []),
    livemode: false,
    metadata: null,
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: details
      ? { quote_details: null, subscription_details: details, type: 'subscription_details' }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: created,
    period_start: created,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: {
      finalized_at: created,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: total,
    subtotal_excluding_tax: null,
    test_clock: null,
    total,
    total_discount_amounts: null,
    total_excluding_tax: null,
    total_pretax_credit_amounts: null,
    total_taxes: null,
    webhooks_delivered_at: null,
    invoice_pdf: input.pdfOf(id),
  }
}
