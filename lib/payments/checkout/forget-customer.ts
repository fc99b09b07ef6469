import 'server-only'
import { logger } from '@/lib/logger'
import { listProviders } from '@/lib/payments'
import type { PaymentProvider } from '@/lib/payments/provider'
import { readCustomerId } from './customer'

/**
 * Takes name and address of a closed account from every payment provider, as far as they let us: invoices keep what they
 * said, which the law wants. When one does not answer, an admin finds it in the log.
 */
export async function forgetCustomer(userId: string): Promise<void> {
  for (const provider of listProviders()) await forgetAt(provider, userId)
}

async function forgetAt(provider: PaymentProvider, userId: string): Promise<void> {
  try {
    const customerId = await readCustomerId({ id: userId, internal: 'closing the account' }, provider.id)
    if (!customerId) return
    await provider.updateCustomer(customerId, {
      email: `closed-${userId}@account.invalid`,
      name: 'Closed account',
    })
  } catch (error) {
    logger.error('the payment provider still has the name and address of a closed account', {
      userId,
      provider: provider.id,
      error,
    })
  }
}
