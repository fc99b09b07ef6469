import 'server-only'
import type { CheckoutRequest } from '../provider'
import { classifyError } from './classify-error'
import { createDodoClient } from './client'

export async function createCustomer(person: { email: string; name: string }): Promise<string> {
  const { customer_id } = await createDodoClient().customers.create(person)
  return customer_id
}

export async function updateCustomer(
  customerId: string,
  person: { email: string; name?: string },
): Promise<void> {
  await classifyError(createDodoClient().customers.update(customerId, person))
}

export async function createCheckout(request: CheckoutRequest): Promise<{ sessionId: string; url: string }> {
  const { session_id, checkout_url } = await createDodoClient().checkoutSessions.create({
    product_cart: [{ product_id: request.productId, quantity: 1 }],
    // Without the id, DodoPayments would take whoever has the e-mail address that is typed.
    customer: { customer_id: request.customerId },
    metadata: request.metadata,
    return_url: request.returnUrl,
    cancel_url: request.cancelUrl,
    // Said of each plan, so that a trial that was set at DodoPayments gives nothing away.
    ...(request.price.interval && { subscription_data: { trial_period_days: request.trialDays } }),
    feature_flags: { redirect_immediately: true },
  })
  if (!checkout_url) throw new Error(`Session ${session_id} came without a checkout_url.`)
  return { sessionId: session_id, url: checkout_url }
}

export async function createPortalUrl(customerId: string, returnUrl: string): Promise<string> {
  const { link } = await createDodoClient().customers.customerPortal.create(customerId, {
    return_url: returnUrl,
  })
  return link
}
