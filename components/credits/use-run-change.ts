'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.object({ status: z.string() })

/** Cancels or deletes a run, and shows the page anew; gives whether it was done, and says why not. */
export function useRunChange(id: number) {
  const router = useRouter()
  const [pending, setPending] = useState(false)

  async function change(action: 'cancel' | 'delete'): Promise<boolean> {
    setPending(true)
    try {
      await callApi(`/api/runs/${id}`, { body: { action }, reply })
      if (action === 'cancel') router.refresh()
      return true
    } catch (error) {
      toast.error(describeError(error))
      return false
    } finally {
      setPending(false)
    }
  }

  return { change, pending }
}
