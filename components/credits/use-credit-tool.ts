'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { ApiCallError, makeApiCallWithCreditUpdate } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'
import { toastCreditError } from './toast-credit-error'

/** What `creditRoute` adds to every tool's result, in whole credits. */
export type ToolReceipt = { creditsUsed: number; newBalance: number; transactionId: number }

/**
 * Runs a tool of this app and keeps its last result. A second click while a run is on its way does nothing, and a
 * run repeated after the network failed carries the same key, so the server charges it once.
 */
export function useCreditTool<Result>(userId: string, url: string) {
  const router = useRouter()
  const [result, setResult] = useState<(Result & ToolReceipt) | null>(null)
  const [running, setRunning] = useState(false)
  const busy = useRef(false)
  const unanswered = useRef<{ body: string; key: string } | null>(null)

  async function run(input: unknown): Promise<void> {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    const body = JSON.stringify(input)
    const key = unanswered.current?.body === body ? unanswered.current.key : crypto.randomUUID()
    unanswered.current = { body, key }
    try {
      const answer = await makeApiCallWithCreditUpdate<Result & ToolReceipt>(
        () =>
          fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body,
          }),
        userId,
      )
      unanswered.current = null
      setResult(answer)
      toast.success(`Done: ${countCredits(answer.creditsUsed)} spent`)
    } catch (error) {
      if (!(error instanceof ApiCallError && error.status === 0)) unanswered.current = null
      toastCreditError(error, () => router.push('/buy-credits'))
    } finally {
      busy.current = false
      setRunning(false)
    }
  }

  return { run, running, result }
}
