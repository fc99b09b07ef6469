import 'server-only'
import { z } from 'zod'
import { readFunction } from '@/lib/supabase/call-function'

const walletTotals = z.object({
  /** Bought once. */
  purchased: z.int(),
  /** Brought by plans. */
  subscribed: z.int(),
  /** Of both, what went back with refunds and disputes. */
  taken_back: z.int(),
  /** Of what was charged, what was given back. */
  refunded: z.int(),
})

export type WalletTotals = z.output<typeof walletTotals>

/**
 * What a wallet's totals are made of, in whole credits, for an admin: the caller checks that it is one. Throws when the
 * database does not answer.
 */
export async function readWalletTotals(userId: string, creditType: string): Promise<WalletTotals> {
  const args = { p_user_id: userId, p_credit_type: creditType }
  return walletTotals.parse(await readFunction('wallet_totals', args))
}
