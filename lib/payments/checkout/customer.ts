import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { callFunction } from '@/lib/supabase/call-function'
import { type Caller, callerArgument } from '@/lib/supabase/caller'
import { RefusedError } from '@/lib/supabase/refusals'
import { moveCustomer } from './move-customer'
import { readHolder } from './read-buyer'

const kept = z.object({ customer_id: z.string() })

/** `email` is the one of the profile: the one in a token may be old. `customer_email` is what the provider has. */
const found = z.object({
  customer_id: z.string().nullable(),
  customer_email: z.string().nullable(),
  email: z.string(),
})

/** Whom the provider knows, and who asks. */
export type Customer = { id: string } & Caller

/**
 * Who a user is at the payment provider: made there once, before the first checkout, and kept. The provider is told when
 * the user's address has changed since.
 * @throws RefusedError `session_ended` or `customer_taken`
 */
export async function findCustomerId(user: Customer): Promise<string> {
  const { customer_id: customerId, customer_email, email } = await readCustomer(user, paymentProvider.id)
  if (!customerId) return createCustomer(user.id, email)
  if (customer_email !== email) {
    await moveCustomer({ userId: user.id, customerId, email }).catch((error) => {
      // The customer is the same all the same, and can buy.
      logger.warn('a customer could not follow the address of its user', { userId: user.id, error })
    })
  }
  return customerId
}

/** The same at any provider, for somebody who may never have opened a checkout there: then null. @throws RefusedError `session_ended` */
export async function readCustomerId(user: Customer, provider: string): Promise<string | null> {
  return (await readCustomer(user, provider)).customer_id
}

function readCustomer(user: Customer, provider: string) {
  const args = { p_user_id: user.id, p_provider: provider, p_caller: callerArgument(user) }
  return callFunction('find_customer', args, found)
}

async function createCustomer(userId: string, email: string): Promise<string> {
  const customerId = await customerIdFor(email)
  try {
    return await linkCustomer(userId, customerId, email)
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'customer_taken') throw error
    if (!(await freeAddress(customerId, email))) throw error
    return linkCustomer(userId, await customerIdFor(email), email)
  }
}

async function linkCustomer(userId: string, customerId: string, email: string): Promise<string> {
  const args = {
    p_user_id: userId,
    p_customer_id: customerId,
    p_provider: paymentProvider.id,
    p_email: email,
  }
  return (await callFunction('link_customer', args, kept)).customer_id
}

/** Providers match by address: the customer that has it, or a new one. */
function customerIdFor(email: string): Promise<string> {
  return paymentProvider.createCustomer({ email, name: email.split('@')[0] ?? email })
}

/** Lets the customer with an address follow its user, who has given it up; false when there is none who did. */
async function freeAddress(customerId: string, email: string): Promise<boolean> {
  const holder = await readHolder(customerId)
  if (!holder || holder.email === email) return false
  try {
    await moveCustomer({ userId: holder.id, customerId, email: holder.email })
    return true
  } catch (error) {
    logger.error('an address is still that of another customer', { holderId: holder.id, error })
    return false
  }
}
