import 'server-only'
import { createClient } from '@/lib/supabase/server'

/**
 * Below which balances the user wants a mail, by credit type, the highest first; none for never. A wallet that was never
 * opened is not in it. Throws when the database does not answer.
 */
export async function readLowBalanceThresholds(userId: string): Promise<Map<string, number[]>> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, low_balance_threshold, lower_thresholds')
    .eq('user_id', userId)
  if (error) throw new Error(`The thresholds could not be read: ${error.message}`, { cause: error })
  return new Map(
    data.map(({ credit_type, low_balance_threshold: highest, lower_thresholds: lower }) => [
      credit_type,
      highest === null ? [] : [highest, ...(lower ?? [])],
    ]),
  )
}
