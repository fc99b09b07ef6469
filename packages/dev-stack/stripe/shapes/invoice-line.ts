import type Stripe from 'stripe'
import { type Plain, stripeId } from '../plain.ts'

/** The line that bills the current period of a subscription in full, or a trial for nothing. */
export function newInvoiceLine(
  invoice: string,
  subscription: Plain<Stripe.Subscription>,
): Stripe.InvoiceLineItem {
  const [item] = subscription.items.data
  if (!item) throw new Error(`${subscription.id} has no item.`)
  const amount = subscription.status === 'trialing' ? 0 : (item.price.unit_amount ?? 0)
  return {
    id: stripeId('il'),
    object: 'line_item',
    amount,
    currency: item.price.currency,
    description: null,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: String(item.price.product) },
      type: 'price_details',
      unit_amount_decimal: null,
    },
    quantity: 1,
    quantity_decimal: null,
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  }
}
