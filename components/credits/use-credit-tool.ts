'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { makeApiCallWithCreditUpdate } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'
import { ApiCallError, type RunProgress, toRequest } from '@/lib/http/api-client'
import { createCallMemory } from '@/lib/http/call-memory'
import { toastCreditError } from './toast-credit-error'

/** What `creditRoute` adds to every tool's result, in whole credits. */
export type ToolReceipt = { creditsUsed: number; newBalance: number; transactionId: number }

/**
 * Runs a tool of this app and keeps its last result and, for tools that report it, how far the run has come. A second
 * click while a run is on its way does nothing, and a run repeated after the network failed carries the same key, so
 * it is charged once and answered again. Takes what the tool does: an object for JSON, FormData for files.
 */
export function useCreditTool<Result>(userId: string, url: string) {
  const router = useRouter() // #only payments
  const [result, setResult] = useState<(Result & ToolReceipt) | null>(null)
  const [progress, setProgress] = useState<RunProgress | null>(null)
  const [running, setRunning] = useState(false)
  const busy = useRef(false)
  const [memory] = useState(createCallMemory)

  async function run(input: object): Promise<void> {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    setProgress(null)
    try {
      const answer = await call(input)
      setResult(answer)
      toast.success(`Done: ${countCredits(answer.creditsUsed)} spent`)
    } catch (error) {
      toastCreditError(
        error,
        // #region payments
        () => router.push('/buy-credits'),
        // #endregion
      )
    } finally {
      busy.current = false
      setRunning(false)
    }
  }

  async function call(input: object): Promise<Result & ToolReceipt> {
    const { key, repeated } = memory.keyFor(input)
    try {
      const send = () => fetch(url, toRequest({ body: input, idempotencyKey: key, onProgress: setProgress }))
      const answer = await makeApiCallWithCreditUpdate<Result & ToolReceipt>(send, userId, setProgress)
      memory.ended()
      return answer
    } catch (error) {
      memory.ended(error)
      // The run that was asked about again had been given back. What is wanted is a result: a new run.
      if (repeated && wasGivenBack(error)) return call(input)
      throw error
    }
  }

  return { run, running, progress, result }
}

/** Whether the run ended without a result when its connection or its server was lost; nobody paid for it. */
function wasGivenBack(error: unknown): boolean {
  return error instanceof ApiCallError && ['client_closed_request', 'run_lost'].includes(error.code)
}
