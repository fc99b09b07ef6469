import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

/** How an invoice is paid, or was tried to be: by a payment intent. */
export function newInvoicePayment(
  invoice: Plain<Stripe.Invoice>,
  intent: Pick<Stripe.PaymentIntent, 'id' | 'amount'>,
): Plain<Stripe.InvoicePayment> {
  return {
    id: stripeId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: intent.amount,
    created: nowSeconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
}
