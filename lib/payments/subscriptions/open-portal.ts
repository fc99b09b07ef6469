import 'server-only'
import { env } from '@/lib/env'
import { NotFoundError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { listProviders, paymentProvider, providerOf } from '@/lib/payments'
import { readCustomerId } from '@/lib/payments/checkout/customer'
import { NoSubscriptionError, PaymentProviderError } from '@/lib/payments/errors'
import type { PaymentProvider } from '@/lib/payments/provider'
import { readCurrentSubscription, type Subscriber } from './current-subscription'

/**
 * A link into the provider's pages for one customer: cards, invoices, addresses. Whoever has it is that customer.
 * @throws NotFoundError for somebody who never opened a checkout, PaymentProviderError, RefusedError `session_ended`
 */
export async function openPortal(user: Subscriber): Promise<string> {
  const found = await findCustomer(user)
  if (!found) {
    throw new NotFoundError('There is nothing to manage yet: you have not bought anything.', 'no_customer')
  }
  try {
    return await found.provider.createPortalUrl(found.customerId, `${env().APP_URL}/billing`)
  } catch (error) {
    logger.error('the customer portal could not be opened', { userId: user.id, error })
    throw new PaymentProviderError(
      error,
      'The customer portal could not be opened. Please try again in a moment.',
    )
  }
}

/** Where the card of a running plan is; else where somebody is known, first at the provider of new checkouts. */
async function findCustomer(
  user: Subscriber,
): Promise<{ provider: PaymentProvider; customerId: string } | null> {
  const ofPlan = await readCurrentSubscription(user).catch((error) => {
    if (error instanceof NoSubscriptionError) return null
    throw error
  })
  const first = ofPlan ? providerOf(ofPlan.provider) : paymentProvider
  for (const provider of new Set([first, ...listProviders()])) {
    const customerId = await readCustomerId(user, provider.id)
    if (customerId) return { provider, customerId }
  }
  return null
}
