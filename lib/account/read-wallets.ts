import 'server-only'
import { cache } from 'react'
import { readBalances, type WalletBalance } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'

/** A wallet of the signed-in user, in whole credits. */
export type Wallet = WalletBalance & { creditType: string }

/** Every wallet of a user, as row-level security lets the caller see it. Once per request; throws when it cannot. */
export const readWallets = cache(async (userId: string): Promise<Wallet[]> => {
  const balances = await readBalances(userId, await createClient())
  return Object.entries(balances).map(([creditType, wallet]) => ({ creditType, ...wallet }))
})
