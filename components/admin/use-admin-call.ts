'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { makeApiCallWithCreditUpdate } from '@/lib/credit-manager'
import { ApiCallError, toRequest } from '@/lib/http/api-client'
import { createCallMemory, isUnanswered } from '@/lib/http/call-memory'
import type { Refusal } from './refusal-alert'

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
 * then says why, with a title that says whether anything can have changed.
 */
export function useAdminCall<Reply>(userId: string, { path, keyed = true, refusalFor }: Options) {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [memory] = useState(createCallMemory)

  async function call(body: object): Promise<Reply | null> {
    if (pending) return null
    setPending(true)
    setRefusal(null)
    const { key } = memory.keyFor(body)
    try {
      const request = toRequest({ body: keyed ? { ...body, idempotencyKey: key } : body })
      const send = () => fetch(path, request)
      const answer = await makeApiCallWithCreditUpdate<Reply>(send, userId)
      memory.ended()
      return answer
    } catch (error) {
      memory.ended(error)
      if (!(error instanceof ApiCallError)) throw error
      const title = isUnanswered(error) ? 'Not certain yet' : 'Nothing was changed'
      setRefusal({ title, text: refusalFor?.(error) ?? error.message })
      return null
    } finally {
      setPending(false)
      // Both outcomes are in the audit log.
      router.refresh()
    }
  }

  return { call, pending, refusal }
}
