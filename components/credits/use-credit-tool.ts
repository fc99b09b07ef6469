'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { ApiCallError, makeApiCallWithCreditUpdate, type RunProgress } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'
import { toastCreditError } from './toast-credit-error'

/** What `creditRoute` adds to every tool's result, in whole credits. */
export type ToolReceipt = { creditsUsed: number; newBalance: number; transactionId: number }

/**
 * Runs a tool of this app and keeps its last result and, for tools that report it, how far the run has come. A second
 * click while a run is on its way does nothing, and a run repeated after the network failed carries the same key, so
 * it is charged once and answered again. Takes what the tool does: an object for JSON, FormData for files.
 */
export function useCreditTool<Result>(userId: string, url: string) {
  // #region payments
  const router = useRouter()
  // #endregion
  const [result, setResult] = useState<(Result & ToolReceipt) | null>(null)
  const [progress, setProgress] = useState<RunProgress | null>(null)
  const [running, setRunning] = useState(false)
  const busy = useRef(false)
  const unanswered = useRef<{ signature: string; key: string } | null>(null)

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
    const signature = signatureOf(input)
    const before = unanswered.current?.signature === signature ? unanswered.current : null
    const key = before?.key ?? crypto.randomUUID()
    unanswered.current = { signature, key }
    try {
      const send = () => fetch(url, toRequest(input, key))
      const answer = await makeApiCallWithCreditUpdate<Result & ToolReceipt>(send, userId, setProgress)
      unanswered.current = null
      return answer
    } catch (error) {
      if (!isUnanswered(error)) unanswered.current = null
      // The run that was asked about once more had been given back. What is wanted is a result: a new run.
      if (before && wasGivenBack(error)) return call(input)
      throw error
    }
  }

  return { run, running, progress, result }
}

/** Whether the run may still go on, so that asking again with the same key gets its answer. */
function isUnanswered(error: unknown): boolean {
  return error instanceof ApiCallError && (error.status === 0 || error.code === 'still_running')
}

/** Whether the run ended without a result when its connection or its server was lost; nobody paid for it. */
function wasGivenBack(error: unknown): boolean {
  return error instanceof ApiCallError && ['client_closed_request', 'run_lost'].includes(error.code)
}

function toRequest(input: object, key: string): RequestInit {
  const headers = { accept: 'text/event-stream', 'idempotency-key': key }
  if (input instanceof FormData) return { method: 'POST', headers, body: input }
  return {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }
}

/** Tells two inputs apart; files by what is known of them without reading them. */
function signatureOf(input: object): string {
  if (!(input instanceof FormData)) return JSON.stringify(input)
  const fields = [...input].map(([name, value]) => [
    name,
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  ])
  return JSON.stringify(fields)
}
