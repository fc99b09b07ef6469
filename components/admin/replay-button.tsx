'use client'

import { RotateCwIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { callApi, describeError } from '@/lib/http/api-client'

type Outcome = { message: string; ok: boolean }

const reply = z.object({ message: z.string() })

/** Replays an event and shows the outcome. */
export function ReplayButton({ id }: { id: string }) {
  const router = useRouter()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [pending, setPending] = useState(false)

  async function replay() {
    setPending(true)
    try {
      const { message } = await callApi('/api/admin/webhooks/replay', { body: { id }, reply })
      setOutcome({ message, ok: true })
    } catch (error) {
      setOutcome({ message: describeError(error), ok: false })
    }
    setPending(false)
    router.refresh()
  }

  return (
    <div>
      <Button className="w-fit" loading={pending} onClick={replay}>
        <RotateCwIcon aria-hidden />
        Replay
      </Button>
      <div aria-live="polite">
        {outcome && (
          <Alert className="mt-3" variant={outcome.ok ? 'success' : 'destructive'}>
            <AlertTitle>{outcome.ok ? 'Replayed' : 'Not applied'}</AlertTitle>
            <AlertDescription>{outcome.message}</AlertDescription>
          </Alert>
        )}
      </div>
    </div>
  )
}
