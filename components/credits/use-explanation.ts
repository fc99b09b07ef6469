'use client'

import { useEffect, useState } from 'react'
import { z } from 'zod'
import type { ChargeExplanation } from '@/lib/credits'
import { callApi, describeError } from '@/lib/http/api-client'

type Explained = { explanation: ChargeExplanation | null; error: string | null }

/** Asks the API what made a row of one's own ledger. */
export function useExplanation(transactionId: number): Explained {
  const [explained, setExplained] = useState<Explained>({ explanation: null, error: null })
  useEffect(() => {
    const asking = new AbortController()
    const ask = async () => {
      const reply = z.custom<ChargeExplanation>()
      const path = `/api/credits/transactions/${transactionId}`
      const explanation = await callApi(path, { reply, signal: asking.signal })
      setExplained({ explanation, error: null })
    }
    ask().catch((error: unknown) => {
      if (!asking.signal.aborted) setExplained({ explanation: null, error: describeError(error) })
    })
    return () => asking.abort()
  }, [transactionId])
  return explained
}
