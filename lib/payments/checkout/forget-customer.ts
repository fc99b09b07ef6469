import 'server-only'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { readCustomerId } from './customer'

/**
 * Takes name and address of a closed account from the payment provider, as far as it lets us: invoices keep what they
 * said, which the law wants. When it does not answer, an admin finds it in the log.
 */
export async function forgetCustomer(userId: string): Promise<void> {
  try {
    const customerId = await readCustomerId({ id: userId, internal: 'closing the account' })
    if (!customerId) return
    await paymentProvider.updateCustomer(customerId, {
      email: `closed-${userId}@account.invalid`,
      name: 'Closed account',
    })
  } catch (error) {
    logger.error('the payment provider still has the name and address of a closed account', { userId, error })
  }
}
