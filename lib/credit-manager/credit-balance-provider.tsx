'use client'

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { creditManager } from './credit-manager'
import type { BalanceRow } from './types'

type InitialBalances = { userId: string; balances: readonly BalanceRow[] }

const InitialBalancesContext = createContext<InitialBalances | null>(null)

/** Hands the balances of the server render to every `useCreditManager` below, so that no page flashes a 0. */
export function CreditBalanceProvider({
  children,
  userId,
  balances,
}: InitialBalances & { children: ReactNode }) {
  useEffect(() => {
    for (const row of balances) creditManager.updateBalance(userId, row.balance, row)
  }, [userId, balances])

  return <InitialBalancesContext value={{ userId, balances }}>{children}</InitialBalancesContext>
}

/** The balance the server rendered for this user and wallet; null outside a provider. */
export function useInitialBalance(userId: string, creditType: string): number | null {
  const initial = useContext(InitialBalancesContext)
  if (initial?.userId !== userId) return null
  // A wallet that was never opened holds nothing.
  return initial.balances.find((row) => row.creditType === creditType)?.balance ?? 0
}
