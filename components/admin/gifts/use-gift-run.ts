'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type GiftBatch, giftState } from '@/lib/admin/gift-state'
import { ApiCallError, callApi } from '@/lib/http/api-client'
import type { Refusal } from '../refusal-alert'

/** Runs a batch to its end, some rows a call. `batch` is how far it has come; what broke off is run again. */
export function useGiftRun(prepared: GiftBatch) {
  const router = useRouter()
  const [batch, setBatch] = useState(prepared)
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function run() {
    if (pending) return
    setPending(true)
    setRefusal(null)
    try {
      let waiting = batch.waiting
      while (waiting > 0) {
        const next = await callApi('/api/admin/gifts/run', { body: { id: batch.id }, reply: giftState })
        setBatch(next)
        waiting = next.waiting
      }
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error
      setRefusal({ title: 'It broke off', text: `${error.message} Nobody gets anything twice: continue.` })
    } finally {
      setPending(false)
      router.refresh()
    }
  }

  return { batch, pending, refusal, run }
}
