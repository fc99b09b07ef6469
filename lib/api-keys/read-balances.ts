import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { creditService } from '@/lib/credits'

/** The wallets of the owner of a key, in whole credits; `balance` is that of the general ones. */
export async function readBalances(userId: string) {
  const balances = await creditService.getAllBalances(userId)
  return { balance: balances[GENERAL]?.balance ?? 0, balances }
}
