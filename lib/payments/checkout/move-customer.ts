import 'server-only'
import { z } from 'zod'
import { paymentProvider } from '@/lib/payments'
import { callFunction } from '@/lib/supabase/call-function'

type Move = {
  userId: string
  customerId: string
  /** Where the provider writes from now on. */
  email: string
  /** The admin who wants it, and why; without, the customer follows its user. */
  by?: { actorId: string; reason: string }
}

/**
 * Gives a customer another address at the payment provider.
 * @throws ProviderRefusedError when the provider has that address for another customer
 */
export async function moveCustomer({ userId, customerId, email, by }: Move): Promise<void> {
  await paymentProvider.updateCustomer(customerId, { email })
  const args = {
    p_user_id: userId,
    p_provider: paymentProvider.id,
    p_email: email,
    ...(by && { p_actor_id: by.actorId, p_reason: by.reason }),
  }
  await callFunction('record_customer_email', args, z.object({ ok: z.literal(true) }))
}
