import 'server-only'
import { PriceNotSoldError } from '@/lib/payments/errors'
import type { CheckoutRequest } from '../provider'
import { classifyError } from './classify-error'
import { createStripeClient } from './client'

/** Currencies whose smallest unit Stripe counts otherwise than ISO 4217: an amount of ours would be another there. */
const COUNTED_OTHERWISE = new Set(['ISK', 'MGA', 'UGX'])

export async function createCustomer(person: { email: string; name: string }): Promise<string> {
  return (await createStripeClient().customers.create(person)).id
}

export async function updateCustomer(
  customerId: string,
  person: { email: string; name?: string },
): Promise<void> {
  await classifyError(createStripeClient().customers.update(customerId, person))
}

type Sold = Pick<CheckoutRequest, 'productId' | 'price'>

/** The price of the database, so that none at Stripe can differ from it. */
const priceData = ({ productId, price }: Sold) => ({
  currency: price.currency.toLowerCase(),
  unit_amount: price.amount,
  product: productId,
})

/** The same for a plan, which is charged each month by default. */
export const recurringPriceData = (sold: Sold) => ({
  ...priceData(sold),
  recurring: { interval: sold.price.interval ?? 'month' },
})

/** @throws PriceNotSoldError for a currency that Stripe counts otherwise */
export async function createCheckout(request: CheckoutRequest): Promise<{ sessionId: string; url: string }> {
  const { price, productId } = request
  if (COUNTED_OTHERWISE.has(price.currency)) {
    throw new PriceNotSoldError(`Stripe cannot take ${price.currency} here. Please choose another package.`)
  }
  const metadata = { ...request.metadata, product_id: productId }
  const { id, url } = await createStripeClient().checkout.sessions.create({
    ...(price.interval ? planOf(request, metadata) : purchaseOf(request, metadata)),
    customer: request.customerId,
    metadata,
    success_url: withSession(request.returnUrl),
    cancel_url: request.cancelUrl,
  })
  if (!url) throw new Error(`Session ${id} came without a url.`)
  return { sessionId: id, url }
}

const purchaseOf = (request: CheckoutRequest, metadata: Record<string, string>) => ({
  mode: 'payment' as const,
  line_items: [{ quantity: 1, price_data: priceData(request) }],
  // A refund or dispute names the payment alone: this says whose it is.
  payment_intent_data: { metadata },
  // So that each purchase has an invoice to download.
  invoice_creation: { enabled: true },
})

const planOf = (request: CheckoutRequest, metadata: Record<string, string>) => ({
  mode: 'subscription' as const,
  line_items: [{ quantity: 1, price_data: recurringPriceData(request) }],
  subscription_data: {
    // Its events and its invoices carry it.
    metadata,
    ...(request.trialDays > 0 && { trial_period_days: request.trialDays }),
  },
})

export async function createPortalUrl(customerId: string, returnUrl: string): Promise<string> {
  const { billingPortal } = createStripeClient()
  return (await billingPortal.sessions.create({ customer: customerId, return_url: returnUrl })).url
}

/** Stripe fills the id in, where the address says so to the letter. */
function withSession(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}provider=stripe&session_id={CHECKOUT_SESSION_ID}`
}
