import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** What a wallet owes, in whole credits of its type. */
export type Debt = { creditType: string; credits: number }

/** What a user owes, by wallet; none for nothing. Throws when the database does not answer. */
export async function readDebts(userId: string): Promise<Debt[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, debt')
    .eq('user_id', userId)
    .gt('debt', 0)
    .order('credit_type')
  if (error) throw new Error(`The wallets could not be read: ${error.message}`, { cause: error })
  return data.map(({ credit_type, debt }) => ({ creditType: credit_type, credits: debt }))
}
