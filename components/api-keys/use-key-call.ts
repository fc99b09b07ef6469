'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import type { ApiKeyChange, NewApiKey } from '@/lib/api-keys/input'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.object({ id: z.int(), secret: z.string().optional() })

/**
 * Makes or changes a key of the API, and shows the list anew. `create` and `change` give whether it was done; if not,
 * `problem` says why. `secret` is the new one, until `reset`.
 */
export function useKeyCall() {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [secret, setSecret] = useState<string>()

  async function call(path: string, body: NewApiKey | ApiKeyChange): Promise<boolean> {
    setPending(true)
    setProblem(null)
    try {
      const answer = await callApi(path, { body, reply })
      setSecret(answer.secret)
      router.refresh()
      return true
    } catch (error) {
      setProblem(describeError(error))
      return false
    } finally {
      setPending(false)
    }
  }

  function reset() {
    setSecret(undefined)
    setProblem(null)
  }

  return {
    pending,
    problem,
    setProblem,
    secret,
    reset,
    create: (body: NewApiKey) => call('/api/account/api-keys', body),
    change: (id: number, body: ApiKeyChange) => call(`/api/account/api-keys/${id}`, body),
  }
}
