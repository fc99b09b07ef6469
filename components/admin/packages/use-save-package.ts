'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import type { Refusal } from '@/components/admin/refusal-alert'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.looseObject({})

/** Sends what an admin does to packages, one at a time; false when it was refused, and `refusal` says why. */
export function useSavePackage() {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function save(path: string, method: 'POST' | 'PATCH', body: object): Promise<boolean> {
    setPending(true)
    setRefusal(null)
    try {
      await callApi(path, { method, body, reply })
      return true
    } catch (error) {
      refuse(describeError(error))
      return false
    } finally {
      setPending(false)
      router.refresh()
    }
  }

  function refuse(text: string) {
    setRefusal({ title: 'Nothing was changed', text })
  }

  return { save, pending, refusal, refuse }
}
