import 'server-only'
import { z } from 'zod'
import { ConflictError, NotFoundError } from '@/lib/http/errors'
import { paymentProvider } from '@/lib/payments'
import { moveCustomer } from '@/lib/payments/checkout/move-customer'
import { type Buyer, readBuyer } from '@/lib/payments/checkout/read-buyer'
import { PaymentProviderError, ProviderRefusedError } from '@/lib/payments/errors'
import { createClient } from '@/lib/supabase/server'

/** Who has the customer that a user was refused: `holder` is null when nobody of ours does. */
export type CustomerConflict = { customerId: string; holder: { id: string; email: string } | null }

const details = z.object({ customer_id: z.string(), holder_id: z.uuid().nullable() })

/** A user as the payment provider knows them, and who else it takes them for. Throws when the database does not answer. */
export async function readCustomer(
  userId: string,
): Promise<{ buyer: Buyer; conflict: CustomerConflict | null }> {
  const buyer = await readBuyer(userId)
  return { buyer, conflict: buyer.customer ? null : await readConflict(userId) }
}

async function readConflict(userId: string): Promise<CustomerConflict | null> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('audit_logs')
    .select('details')
    .match({ target_user_id: userId, action: 'customer.link', outcome: 'failure' })
    .order('id', { ascending: false })
    .limit(1)
    .maybeSingle()
  if (error) throw new Error(`The audit log could not be read: ${error.message}`, { cause: error })
  const refusal = details.safeParse(data?.details)
  if (!refusal.success) return null
  const { customer_id, holder_id } = refusal.data
  if (!holder_id) return { customerId: customer_id, holder: null }
  const holder = await supabase.from('profiles').select('id, email').eq('id', holder_id).maybeSingle()
  if (holder.error) throw new Error(`The holder could not be read: ${holder.error.message}`)
  return { customerId: customer_id, holder: holder.data }
}

/**
 * Gives the customer of a user another address at the provider, in the name of an admin.
 * @throws NotFoundError, ConflictError when another customer has the address, PaymentProviderError
 */
export async function moveCustomerOf(
  userId: string,
  email: string,
  by: { actorId: string; reason: string },
): Promise<void> {
  const { customer } = await readBuyer(userId)
  if (!customer) throw new NotFoundError('This user is no customer yet.', 'customer_not_found')
  try {
    await moveCustomer({ userId, customerId: customer.id, email, by })
  } catch (error) {
    if (!(error instanceof ProviderRefusedError)) {
      throw new PaymentProviderError(error, `${paymentProvider.name} did not answer. Try again in a moment.`)
    }
    throw new ConflictError(`${paymentProvider.name} refused the address: ${error.message}`, 'address_taken')
  }
}
