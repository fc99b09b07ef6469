import 'server-only'
import { createClient } from '@/lib/supabase/server'

/**
 * Below which balance the user wants a mail, by credit type; null for never. A wallet that was never opened has none yet.
 * Throws when the database does not answer.
 */
export async function readLowBalanceThresholds(userId: string): Promise<Map<string, number | null>> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, low_balance_threshold')
    .eq('user_id', userId)
  if (error) throw new Error(`The thresholds could not be read: ${error.message}`, { cause: error })
  return new Map(data.map((row) => [row.credit_type, row.low_balance_threshold]))
}
