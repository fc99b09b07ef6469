'use client'

import { useCreditManager } from '@/lib/credit-manager'
import { CountingCredits } from './counting-credits'

type LiveBalanceProps = { userId: string; creditType: string; className?: string }

/** The live balance of a wallet as a number, wherever a page shows it. */
export function LiveBalance({ userId, creditType, className }: LiveBalanceProps) {
  const { balance } = useCreditManager(userId, creditType)
  return <CountingCredits value={balance} className={className} data-wallet={creditType} />
}
