import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { createClient } from '@/lib/supabase/server'

/** Below which balance the user wants a mail; null for never. Throws when the database does not answer. */
export async function readLowBalanceThreshold(userId: string): Promise<number | null> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credits')
    .select('low_balance_threshold')
    .match({ user_id: userId, credit_type: GENERAL })
    .maybeSingle()
  if (error) throw new Error(`The threshold could not be read: ${error.message}`, { cause: error })
  return data?.low_balance_threshold ?? null
}
