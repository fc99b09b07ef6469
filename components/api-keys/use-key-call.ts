'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import type { ApiKeyChange, NewApiKey } from '@/lib/api-keys/input'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.object({ id: z.int(), secret: z.string().optional() })

/** Makes or changes a key of the API, and shows the list anew. `call` gives what came of it, or null with a `problem`. */
export function useKeyCall() {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function call(path: string, body: NewApiKey | ApiKeyChange) {
    setPending(true)
    setProblem(null)
    try {
      const answer = await callApi(path, { body, reply })
      router.refresh()
      return answer
    } catch (error) {
      setProblem(describeError(error))
      return null
    } finally {
      setPending(false)
    }
  }

  return {
    pending,
    problem,
    setProblem,
    create: (body: NewApiKey) => call('/api/account/api-keys', body),
    change: (id: number, body: ApiKeyChange) => call(`/api/account/api-keys/${id}`, body),
  }
}
