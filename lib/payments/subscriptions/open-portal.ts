import 'server-only'
import { env } from '@/lib/env'
import { NotFoundError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { readCustomerId } from '@/lib/payments/checkout/customer'
import { PaymentProviderError } from '@/lib/payments/errors'
import type { Subscriber } from './current-subscription'

/**
 * A link into the provider's pages for one customer: cards, invoices, addresses. Whoever has it is that customer.
 * @throws NotFoundError for somebody who never opened a checkout, PaymentProviderError, RefusedError `session_ended`
 */
export async function openPortal(user: Subscriber): Promise<string> {
  const customerId = await readCustomerId(user)
  if (!customerId) {
    throw new NotFoundError('There is nothing to manage yet: you have not bought anything.', 'no_customer')
  }
  try {
    return await paymentProvider.createPortalUrl(customerId, `${env().APP_URL}/billing`)
  } catch (error) {
    logger.error('the customer portal could not be opened', { userId: user.id, error })
    throw new PaymentProviderError(
      error,
      'The customer portal could not be opened. Please try again in a moment.',
    )
  }
}
