'use client'

import { useEffect, useState } from 'react'
import { z } from 'zod'
import { callApi, describeError } from '@/lib/http/api-client'

const preview = z.object({ total: z.int(), tax: z.int(), currency: z.string() })
type Charge = z.infer<typeof preview>

/** What changing to a plan charges today: asked of the server anew for each plan, and on `retry`. */
export function usePlanPreview(packageId: string | undefined) {
  const [told, setTold] = useState<{ packageId: string; charge?: Charge; problem?: string }>()
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!packageId) return
    const leaving = new AbortController()
    const tell = (answer: { charge?: Charge; problem?: string }) => {
      if (!leaving.signal.aborted) setTold({ packageId, ...answer })
    }
    setTold(undefined)
    callApi(`/api/dodopayments/subscription/preview?packageId=${encodeURIComponent(packageId)}`, {
      reply: preview,
      signal: leaving.signal,
    }).then(
      (charge) => tell({ charge }),
      (error: unknown) => tell({ problem: describeError(error) }),
    )
    return () => leaving.abort()
  }, [packageId, attempt])

  // What was told of another plan is none of this one's.
  const current = told?.packageId === packageId ? told : undefined
  return { charge: current?.charge, problem: current?.problem, retry: () => setAttempt((count) => count + 1) }
}
