'use client'

import { useEffect, useState } from 'react'
import type { ChargeExplanation } from '@/lib/credits'

type Explained = { explanation: ChargeExplanation | null; error: string | null }

/** Asks the API what made a row of one's own ledger. */
export function useExplanation(transactionId: number): Explained {
  const [explained, setExplained] = useState<Explained>({ explanation: null, error: null })
  useEffect(() => {
    const asking = new AbortController()
    const ask = async () => {
      const response = await fetch(`/api/credits/transactions/${transactionId}`, { signal: asking.signal })
      const body = await response.json()
      setExplained(
        response.ok ? { explanation: body, error: null } : { explanation: null, error: body.message },
      )
    }
    ask().catch(() => {
      if (asking.signal.aborted) return
      setExplained({ explanation: null, error: 'The server could not be reached. Please try again.' })
    })
    return () => asking.abort()
  }, [transactionId])
  return explained
}
