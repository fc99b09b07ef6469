import type Stripe from 'stripe'
import type { TestCard } from '../../dodopayments/cards.ts'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

type NewPaymentMethod = {
  customer: Plain<Stripe.PaymentMethod>['customer']
  card: Pick<TestCard, 'number' | 'network'>
}

/** A test card on file. All of them expire in the same month. */
export function newPaymentMethod({ customer, card }: NewPaymentMethod): Plain<Stripe.PaymentMethod> {
  const brand = card.network.toLowerCase()
  return {
    id: stripeId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand,
      checks: null,
      country: 'US',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2034,
      funding: 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: nowSeconds(),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
}
