import 'server-only'
import { createAdminClient } from '@/lib/supabase/admin'
import type { ExpiringCredits, WalletBalance } from './types'

/** Every wallet of a user, by credit type. */
export async function readBalances(userId: string): Promise<Record<string, WalletBalance>> {
  const { data, error } = await createAdminClient()
    .from('credits')
    .select('credit_type, balance, total_purchased, total_used, version, next_expiry_at')
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
        nextExpiryAt: row.next_expiry_at,
      },
    ]),
  )
}

/** What is left of a user's expiring credits, the soonest first. */
export async function readExpiringCredits(userId: string): Promise<ExpiringCredits[]> {
  const { data, error } = await createAdminClient()
    .from('credit_grants')
    .select('credit_type, remaining, expires_at, source')
    .eq('user_id', userId)
    .gt('remaining', 0)
    .order('expires_at')
  if (error) throw new Error(`The expiring credits could not be read: ${error.message}`, { cause: error })
  return data.map((row) => ({
    creditType: row.credit_type,
    credits: row.remaining,
    expiresAt: row.expires_at,
    source: row.source,
  }))
}
