import 'server-only'
import { z } from 'zod'
import { paymentProvider } from '@/lib/payments'
import { createAdminClient } from '@/lib/supabase/admin'
import { callFunction } from '@/lib/supabase/call-function'

const kept = z.object({ customer_id: z.string() })

/**
 * Who a user is at the payment provider: made there once, before the first checkout, and kept.
 * @throws RefusedError `customer_taken`
 */
export async function findCustomerId(user: { id: string; email: string }): Promise<string> {
  return (await readCustomerId(user.id)) ?? createCustomer(user)
}

/** The same for somebody who may never have opened a checkout: then null. */
export async function readCustomerId(userId: string): Promise<string | null> {
  const { data, error } = await createAdminClient()
    .from('payment_customers')
    .select('provider_customer_id')
    .eq('user_id', userId)
    .eq('provider', paymentProvider.id)
    .maybeSingle()
  if (error) throw new Error(`The customer could not be read: ${error.message}`, { cause: error })
  return data?.provider_customer_id ?? null
}

async function createCustomer({ id, email }: { id: string; email: string }): Promise<string> {
  const name = email.split('@')[0] ?? email
  const customerId = await paymentProvider.createCustomer({ email, name })
  const args = { p_user_id: id, p_customer_id: customerId, p_provider: paymentProvider.id }
  return (await callFunction('link_customer', args, kept)).customer_id
}
