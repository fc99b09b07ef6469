'use client'

import { useEffect, useState } from 'react'
import { z } from 'zod'
import { useView } from '@/components/admin/view/view-context'
import type { ChargeExplanation } from '@/lib/credits'
import { callApi, describeError } from '@/lib/http/api-client'

type Explained = { explanation: ChargeExplanation | null; error: string | null }

const explained: z.ZodType<ChargeExplanation> = z.object({
  transactionId: z.int(),
  amount: z.int(),
  reason: z.string().nullable(),
  price: z
    .object({
      rule: z.string().nullable(),
      prices: z.record(z.string(), z.int()),
      tier: z.string().nullable(),
      input: z.json(),
    })
    .nullable(),
  grants: z.array(
    z.object({ grant: z.int(), amount: z.int(), source: z.string().nullable(), expiresAt: z.string() }),
  ),
  hold: z
    .object({
      status: z.string(),
      settled_amount: z.int().nullable(),
      reason: z.string().nullable(),
      expires_at: z.string(),
      finished_at: z.string().nullable(),
    })
    .nullable(),
  refunded: z.int(),
  reverses: z.int().nullable(),
  continues: z.int().nullable(),
})

/** Asks the API what made a row of the ledger that is shown. */
export function useExplanation(transactionId: number): Explained {
  const [asked, setAsked] = useState<Explained>({ explanation: null, error: null })
  const path = useExplanationPath(transactionId)
  useEffect(() => {
    const asking = new AbortController()
    const ask = async () => {
      const explanation = await callApi(path, { reply: explained, signal: asking.signal })
      setAsked({ explanation, error: null })
    }
    ask().catch((error: unknown) => {
      if (!asking.signal.aborted) setAsked({ explanation: null, error: describeError(error) })
    })
    return () => asking.abort()
  }, [path])
  return asked
}

function useExplanationPath(transactionId: number): string {
  // #region admin
  const view = useView()
  if (view) return `/api/admin/transactions/${transactionId}?userId=${view.userId}`
  // #endregion
  return `/api/credits/transactions/${transactionId}`
}
