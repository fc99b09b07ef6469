import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** What a user owes, in credits of all kinds together; 0 for nothing. Throws when the database does not answer. */
export async function readDebt(userId: string): Promise<number> {
  const supabase = await createClient()
  const { data, error } = await supabase.from('credits').select('debt').eq('user_id', userId).gt('debt', 0)
  if (error) throw new Error(`The wallets could not be read: ${error.message}`, { cause: error })
  return data.reduce((sum, { debt }) => sum + debt, 0)
}
