'use client'

import { useCreditManager } from '@/lib/credit-manager'
import { CountingCredits } from './counting-credits'

/** The live balance as a number, wherever a page shows it large. */
export function LiveBalance({ userId, className }: { userId: string; className?: string }) {
  const { balance } = useCreditManager(userId)
  return <CountingCredits value={balance} className={className} />
}
