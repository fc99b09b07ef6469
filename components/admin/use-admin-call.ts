'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { ApiCallError, makeApiCallWithCreditUpdate } from '@/lib/credit-manager'

type Options = {
  /** Where it is sent, as '/api/admin/credits'. */
  path: string
  /** Sent along under `idempotencyKey`, so that the same call sent again after the network failed happens once. */
  keyed?: boolean
  /** What the admin reads for a refusal; its own message by default. */
  refusalFor?: (error: ApiCallError) => string
}

/**
 * Sends what an admin does to a user, one at a time. `call` gives the answer, or null when it was refused: `refusal`
 * then says why, and `code` is the error's own.
 */
export function useAdminCall<Reply>(userId: string, { path, keyed = true, refusalFor }: Options) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const unanswered = useRef<{ signature: string; key: string } | null>(null)

  async function call(body: object): Promise<Reply | null> {
    if (pending) return null
    setPending(true)
    setRefusal(null)
    const signature = JSON.stringify(body)
    const known = unanswered.current
    const key = known?.signature === signature ? known.key : crypto.randomUUID()
    unanswered.current = { signature, key }
    try {
      const send = () =>
        fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(keyed ? { ...body, idempotencyKey: key } : body),
        })
      const answer = await makeApiCallWithCreditUpdate<Reply>(send, userId)
      unanswered.current = null
      return answer
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error
      if (error.status !== 0) unanswered.current = null
      setRefusal(refusalFor?.(error) ?? error.message)
      setCode(error.code)
      return null
    } finally {
      setPending(false)
      // Both outcomes are in the audit log.
      router.refresh()
    }
  }

  return { call, pending, refusal, code }
}
