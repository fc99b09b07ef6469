import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

export function newProduct(input: {
  id?: string
  name: string
  description: string | null
  metadata: Stripe.Metadata
}): Plain<Stripe.Product> {
  const created = nowSeconds()
  return {
    id: input.id ?? stripeId('prod'),
    object: 'product',
    active: true,
    created,
    default_price: null,
    description: input.description,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: input.metadata,
    name: input.name,
    package_dimensions: null,
    shippable: null,
    tax_details: null,
    type: 'service',
    updated: created,
    url: null,
  }
}
