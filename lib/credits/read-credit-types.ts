import 'server-only'
import { createAdminClient } from '@/lib/supabase/admin'

/** The ids of the credit types of this product. Throws when the database does not answer. */
export async function readCreditTypes(): Promise<string[]> {
  const { data, error } = await createAdminClient().from('credit_types').select('id').order('id')
  if (error) throw new Error(`The credit types could not be read: ${error.message}`, { cause: error })
  return data.map(({ id }) => id)
}
