import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

export function newPortalSession(input: {
  customer: string
  returnUrl: string | null
  url: string
}): Plain<Stripe.BillingPortal.Session> {
  return {
    id: stripeId('bps'),
    object: 'billing_portal.session',
    configuration: 'bpc_sandbox',
    created: nowSeconds(),
    customer: input.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: input.returnUrl,
    url: input.url,
  }
}
