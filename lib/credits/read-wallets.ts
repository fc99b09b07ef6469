import 'server-only'
import { createAdminClient } from '@/lib/supabase/admin'
import type { CreditTransaction, HistoryFilter, WalletBalance } from './types'

const PAGE_ROWS = 20
const MAX_PAGE_ROWS = 100

/** Every wallet of a user, by credit type. */
export async function readWallets(userId: string): Promise<Record<string, WalletBalance>> {
  const { data, error } = await createAdminClient()
    .from('credits')
    .select('credit_type, balance, total_purchased, total_used, version')
    .eq('user_id', userId)
  if (error) throw new Error(`The wallets could not be read: ${error.message}`, { cause: error })
  return Object.fromEntries(
    data.map((row) => [
      row.credit_type,
      {
        balance: row.balance,
        totalPurchased: row.total_purchased,
        totalUsed: row.total_used,
        version: row.version,
      },
    ]),
  )
}

/** One page of a wallet's ledger, newest first. */
export async function readHistory(
  userId: string,
  { creditType, beforeSeq, limit = PAGE_ROWS }: HistoryFilter & { creditType: string },
): Promise<CreditTransaction[]> {
  let query = createAdminClient()
    .from('credit_transactions')
    .select('*')
    .eq('user_id', userId)
    .eq('credit_type', creditType)
    .order('seq', { ascending: false })
    .limit(Math.min(Math.max(1, limit), MAX_PAGE_ROWS))
  if (beforeSeq !== undefined) query = query.lt('seq', beforeSeq)
  const { data, error } = await query
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  return data
}
