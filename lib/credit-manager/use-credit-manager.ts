'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { GENERAL } from '@/lib/credit-type'
import { useInitialBalance } from './credit-balance-provider'
import { creditManager } from './credit-manager'
import type { LiveStatus } from './types'

/**
 * The live balance of a wallet, in whole credits. `loading` is true only while no balance is known at all, which
 * below a `CreditBalanceProvider` never happens; `balance` is 0 then. `error` is a sentence for people, or null.
 */
export function useCreditManager(
  userId: string,
  creditType = GENERAL,
): { balance: number; loading: boolean; error: string | null; status: LiveStatus } {
  const initial = useInitialBalance(userId, creditType)

  const subscribe = useCallback(
    (notify: () => void) => creditManager.subscribeToCredits(userId, notify, creditType),
    [userId, creditType],
  )
  const known = useSyncExternalStore(
    subscribe,
    () => creditManager.findBalance(userId, creditType),
    () => null,
  )
  const status = useSyncExternalStore(
    subscribeToStatus,
    () => creditManager.getStatus(userId).status,
    () => 'connecting' as const,
  )
  const error = useSyncExternalStore(
    subscribeToStatus,
    () => creditManager.getStatus(userId).error,
    () => null,
  )

  const balance = known ?? initial
  return { balance: balance ?? 0, loading: balance === null && error === null, error, status }
}

function subscribeToStatus(notify: () => void): () => void {
  return creditManager.on('statusChanged', notify)
}
