import 'server-only'
import { z } from 'zod'
import { paymentProvider } from '@/lib/payments'
import { callFunction } from '@/lib/supabase/call-function'
import { type Caller, callerArgument } from '@/lib/supabase/caller'

const kept = z.object({ customer_id: z.string() })

const found = z.object({ customer_id: z.string().nullable() })

/** Whom the provider knows, and who asks. */
export type Customer = { id: string; email: string } & Caller

/**
 * Who a user is at the payment provider: made there once, before the first checkout, and kept.
 * @throws RefusedError `session_ended` or `customer_taken`
 */
export async function findCustomerId(user: Customer): Promise<string> {
  return (await readCustomerId(user)) ?? createCustomer(user)
}

/** The same for somebody who may never have opened a checkout: then null. @throws RefusedError `session_ended` */
export async function readCustomerId(user: { id: string } & Caller): Promise<string | null> {
  const args = { p_user_id: user.id, p_provider: paymentProvider.id, p_caller: callerArgument(user) }
  return (await callFunction('find_customer', args, found)).customer_id
}

async function createCustomer({ id, email }: Customer): Promise<string> {
  const name = email.split('@')[0] ?? email
  const customerId = await paymentProvider.createCustomer({ email, name })
  const args = { p_user_id: id, p_customer_id: customerId, p_provider: paymentProvider.id }
  return (await callFunction('link_customer', args, kept)).customer_id
}
