'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.object({ ended: z.int() })

type EndSessionsProps = {
  /** Absent for all but this browser's. */
  sessionId?: string
  label: string
  describedAs?: string
}

/** Signs out one other session of who is signed in, or all of them. */
export function EndSessions({ sessionId, label, describedAs }: EndSessionsProps) {
  const router = useRouter()
  const [pending, setPending] = useState(false)

  async function end() {
    setPending(true)
    try {
      await callApi('/api/account/sessions/end', { body: { sessionId: sessionId ?? null }, reply })
      router.refresh()
      toast.success(sessionId ? 'Signed out there.' : 'Signed out everywhere else.')
    } catch (error) {
      toast.error(describeError(error))
    } finally {
      setPending(false)
    }
  }

  return (
    <Button
      variant="outline"
      size="sm"
      className="w-fit"
      onClick={end}
      loading={pending}
      aria-label={describedAs}
    >
      {label}
    </Button>
  )
}
