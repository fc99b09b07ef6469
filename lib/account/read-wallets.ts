import 'server-only'
import { cache } from 'react'
import { readBalances, UNOPENED_WALLET, type WalletBalance } from '@/lib/credits'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { createClient } from '@/lib/supabase/server'

/** A wallet of a user, in whole credits of its type. */
export type Wallet = WalletBalance & { creditType: string }

/** A wallet that nothing has touched yet. */
export const unopenedWallet = (creditType: string): Wallet => ({ creditType, ...UNOPENED_WALLET })

/**
 * The wallets of a user, one of each credit type in their order, as row-level security lets the caller see them; one that
 * was never opened holds nothing. Once per request; throws when it cannot.
 */
export const readWallets = cache(async (userId: string): Promise<Wallet[]> => {
  const [types, balances] = await Promise.all([
    listCreditTypes(),
    createClient().then((supabase) => readBalances(userId, supabase)),
  ])
  return types.map(({ id }) => ({ ...unopenedWallet(id), ...balances[id] }))
})
