import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

export function newCustomer(person: {
  email: string | null
  name: string | null
  metadata: Stripe.Metadata
}): Plain<Stripe.Customer> {
  return {
    id: stripeId('cus'),
    object: 'customer',
    balance: 0,
    created: nowSeconds(),
    default_source: null,
    description: null,
    email: person.email,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: person.metadata,
    shipping: null,
    name: person.name,
  }
}
