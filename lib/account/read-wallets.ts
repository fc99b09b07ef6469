import 'server-only'
import { cache } from 'react'
import { createClient } from '@/lib/supabase/server'

/** A wallet of the signed-in user, in whole credits. `version` grows with every change of it. */
export type Wallet = {
  creditType: string
  balance: number
  totalPurchased: number
  totalUsed: number
  version: number
}

/** Every wallet of a user, as row-level security lets the caller see it. Once per request; throws when it cannot. */
export const readWallets = cache(async (userId: string): Promise<Wallet[]> => {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, balance, total_purchased, total_used, version')
    .eq('user_id', userId)
  if (error) throw new Error(`The wallets could not be read: ${error.message}`, { cause: error })
  return data.map((row) => ({
    creditType: row.credit_type,
    balance: row.balance,
    totalPurchased: row.total_purchased,
    totalUsed: row.total_used,
    version: row.version,
  }))
})
