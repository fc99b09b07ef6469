'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { callApi, describeError } from '@/lib/http/api-client'

const reply = z.object({ ended: z.literal(true) })

/** Ends the view, and leads back to the page of the user. */
export function StopViewing({ userId }: { userId: string }) {
  const router = useRouter()
  const [pending, setPending] = useState(false)

  async function stop() {
    setPending(true)
    try {
      await callApi('/api/admin/users/view/end', { body: { userId }, reply })
      router.push(`/admin/users/${userId}`)
    } catch (error) {
      toast.error(describeError(error))
      setPending(false)
    }
  }

  return (
    <Button variant="outline" size="sm" onClick={stop} loading={pending}>
      Stop viewing
    </Button>
  )
}
