import 'server-only'
import type { SupabaseClient } from '@supabase/supabase-js'
import { createAdminClient } from '@/lib/supabase/admin'
import { assertUuid } from '@/lib/supabase/check-arguments'
import type { Database } from '@/lib/supabase/database.types'
import type { ExpiringCredits, WalletBalance } from './types'

const isDue = (timestamp: string | null) => timestamp !== null && Date.parse(timestamp) <= Date.now()

/** Reads as the server by default; with the client of a user, what row-level security lets that user see. */
type Client = SupabaseClient<Database>

/** What a wallet is that nothing has touched yet: it has no row. */
export const UNOPENED_WALLET: WalletBalance = {
  balance: 0,
  totalPurchased: 0,
  totalUsed: 0,
  version: 0,
  nextExpiryAt: null,
}

/** Every wallet of a user, by credit type. Credits whose time has come are left out, swept or not. */
export async function readBalances(
  userId: string,
  supabase: Client = createAdminClient(),
): Promise<Record<string, WalletBalance>> {
  assertUuid(userId)
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, balance, total_purchased, total_used, version, next_expiry_at')
    .eq('user_id', userId)
  if (error) throw new Error(`The wallets could not be read: ${error.message}`, { cause: error })
  const grants = data.some((row) => isDue(row.next_expiry_at)) ? await fetchGrants(userId, supabase) : []
  return Object.fromEntries(
    data.map((row) => {
      const own = grants.filter(({ creditType }) => creditType === row.credit_type)
      const due = own.filter(({ expiresAt }) => isDue(expiresAt))
      const wallet: WalletBalance = {
        balance: row.balance - due.reduce((sum, { credits }) => sum + credits, 0),
        totalPurchased: row.total_purchased,
        totalUsed: row.total_used,
        version: row.version,
        nextExpiryAt: due.length > 0 ? (own[due.length]?.expiresAt ?? null) : row.next_expiry_at,
      }
      return [row.credit_type, wallet]
    }),
  )
}

/** What is left of a user's expiring credits, the soonest first: of those that expire by an ISO time, or of all. */
export async function readExpiringCredits(
  userId: string,
  supabase: Client = createAdminClient(),
  until?: string,
): Promise<ExpiringCredits[]> {
  assertUuid(userId)
  const grants = await fetchGrants(userId, supabase, until)
  return grants.filter(({ expiresAt }) => !isDue(expiresAt))
}

/** Grants that were neither spent nor swept, the soonest to expire first. */
async function fetchGrants(userId: string, supabase: Client, until?: string): Promise<ExpiringCredits[]> {
  let grants = supabase
    .from('credit_grants')
    .select('credit_type, remaining, expires_at, source')
    .eq('user_id', userId)
    .gt('remaining', 0)
  if (until) grants = grants.lte('expires_at', until)
  const { data, error } = await grants.order('expires_at')
  if (error) throw new Error(`The expiring credits could not be read: ${error.message}`, { cause: error })
  return data.map((row) => ({
    creditType: row.credit_type,
    credits: row.remaining,
    expiresAt: row.expires_at,
    source: row.source,
  }))
}
