import 'server-only'
import { NotFoundError } from '@/lib/http/errors'
import { paymentProvider } from '@/lib/payments'
import { createAdminClient } from '@/lib/supabase/admin'

/** `customer.email` is the address that the provider has; the user's own may have changed since. */
export type Buyer = { email: string; customer: { id: string; email: string | null } | null }

/** A user as a buyer, with the address of the profile: the one in a token may be old. @throws NotFoundError */
export async function readBuyer(userId: string): Promise<Buyer> {
  const { data, error } = await createAdminClient()
    .from('profiles')
    .select('email, payment_customers(provider_customer_id, email)')
    .eq('id', userId)
    .eq('payment_customers.provider', paymentProvider.id)
    .maybeSingle()
  if (error) throw new Error(`The buyer could not be read: ${error.message}`, { cause: error })
  if (!data) throw new NotFoundError('There is no such user.', 'user_not_found')
  const [customer] = data.payment_customers
  return {
    email: data.email.toLowerCase(),
    customer: customer ? { id: customer.provider_customer_id, email: customer.email } : null,
  }
}

/** The user that a customer of the provider is, with the address of the profile; null for nobody here. */
export async function readHolder(customerId: string): Promise<{ id: string; email: string } | null> {
  const { data, error } = await createAdminClient()
    .from('payment_customers')
    .select('profiles(id, email)')
    .eq('provider', paymentProvider.id)
    .eq('provider_customer_id', customerId)
    .maybeSingle()
  if (error) throw new Error(`The customer could not be read: ${error.message}`, { cause: error })
  return data && { id: data.profiles.id, email: data.profiles.email.toLowerCase() }
}
