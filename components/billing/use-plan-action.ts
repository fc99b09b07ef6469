'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { ApiCallError, callApi } from '@/lib/http/api-client'

const STATES = ['changed', 'scheduled', 'pending', 'ending', 'going_on'] as const
const done = z.object({ state: z.enum(STATES) })

const UNKNOWN =
  'It is not known whether this was done. Please do not repeat it: reload the page in a minute to see how your plan stands.'

/** What to say of each state. */
const SENTENCES: Record<(typeof STATES)[number], string> = {
  changed: 'Your plan has changed. Its credits arrive in a moment.',
  scheduled: 'Your plan will change when its period ends.',
  pending: 'Your payment is being made. The plan changes as soon as it has gone through.',
  ending: 'Your plan is canceled. Everything stays until its period ends.',
  going_on: 'Your plan goes on as before.',
}

/** Asks for something to be done with the plan, once at a time, and tells how it went. `act` gives whether it was done. */
export function usePlanAction() {
  const router = useRouter()
  const busy = useRef(false)
  const [pending, setPending] = useState(false)

  async function act(request: { action: string; packageId?: string }): Promise<boolean> {
    // The ref answers at once; the state would let a second click through before the next render.
    if (busy.current) return false
    busy.current = true
    setPending(true)
    try {
      const { state } = await callApi('/api/dodopayments/subscription', { body: request, reply: done })
      toast.success(SENTENCES[state])
      return true
    } catch (error) {
      toast.error(isRefusal(error) ? error.message : UNKNOWN)
      return false
    } finally {
      busy.current = false
      setPending(false)
      // However it went, the page shows the status of the plan now.
      router.refresh()
    }
  }

  return { act, pending }
}

/** Whether the server said no. After anything else nobody knows what was done. */
function isRefusal(error: unknown): error is ApiCallError {
  return error instanceof ApiCallError && error.status !== 0 && error.code !== 'unexpected_answer'
}
