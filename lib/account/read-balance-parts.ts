import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'

const balanceParts = z.object({ balance: z.int(), used: z.int(), parts: z.record(z.string(), z.int()) })

/**
 * What a balance is made of, in whole credits: `parts` by the type of ledger row, added up, less `used` (charges less
 * their refunds), are the balance.
 */
export type BalanceParts = z.output<typeof balanceParts>

/** The same of a wallet, through the caller's rights; null for one never opened. Throws when the database does not answer. */
export async function readBalanceParts(userId: string, creditType: string): Promise<BalanceParts | null> {
  const supabase = await createClient()
  const { data, error } = await supabase.rpc('balance_parts', {
    p_user_id: userId,
    p_credit_type: creditType,
  })
  if (error) throw new Error(`The balance could not be read: ${error.message}`, { cause: error })
  return balanceParts.nullable().parse(data)
}
