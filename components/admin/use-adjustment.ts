'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { ApiCallError, makeApiCallWithCreditUpdate } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'

type Adjustment = { amount: number; reason: string }

/** The engine's refusals speak to whoever owns the wallet; here an admin reads them. */
function refusalFor(error: ApiCallError): string {
  const balance = error.details.currentBalance
  if (error.code !== 'insufficient_credits' || typeof balance !== 'number') return error.message
  return `The balance is ${countCredits(balance)}, and no more than that can be removed.`
}

/**
 * Sends adjustments of a user's balance, one at a time. `adjust` gives the new balance in whole credits, or null when
 * it was refused: `refusal` then says why. The same adjustment sent again after the network failed happens once.
 */
export function useAdjustment(userId: string) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const unanswered = useRef<{ fingerprint: string; key: string } | null>(null)

  async function adjust(adjustment: Adjustment): Promise<number | null> {
    if (pending) return null
    setPending(true)
    setRefusal(null)
    const fingerprint = JSON.stringify(adjustment)
    const known = unanswered.current
    const key = known?.fingerprint === fingerprint ? known.key : crypto.randomUUID()
    unanswered.current = { fingerprint, key }
    try {
      const { newBalance } = await makeApiCallWithCreditUpdate<{ newBalance: number }>(
        () =>
          fetch('/api/admin/credits', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ userId, ...adjustment, idempotencyKey: key }),
          }),
        userId,
      )
      unanswered.current = null
      return newBalance
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error
      if (error.status !== 0) unanswered.current = null
      setRefusal(refusalFor(error))
      return null
    } finally {
      setPending(false)
      // Both outcomes are in the audit log.
      router.refresh()
    }
  }

  return { adjust, pending, refusal }
}
