'use client'

import { RotateCwIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { postJson } from './post-json'

type Reply = { message: string; ok: boolean }

/** Has a delivery applied again, and says what came of it. */
export function ReplayButton({ id }: { id: string }) {
  const router = useRouter()
  const [answer, setAnswer] = useState<Reply | null>(null)
  const [pending, setPending] = useState(false)

  async function replay() {
    setPending(true)
    setAnswer(await postJson('/api/admin/webhooks/replay', { id }))
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
        {answer && (
          <Alert className="mt-3" variant={answer.ok ? 'success' : 'destructive'}>
            <AlertTitle>{answer.ok ? 'Replayed' : 'Not applied'}</AlertTitle>
            <AlertDescription>{answer.message}</AlertDescription>
          </Alert>
        )}
      </div>
    </div>
  )
}
