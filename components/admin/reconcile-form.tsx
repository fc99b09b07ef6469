'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ChoiceField } from '@/components/ui/choice-field'
import { callApi, describeError } from '@/lib/http/api-client'

const PERIODS = { '1': '24 hours', '7': '7 days', '30': '30 days' }

const report = z.object({ differences: z.array(z.unknown()) })

/** Has the provider's records compared with ours now, and shows the outcome. */
export function ReconcileForm() {
  const router = useRouter()
  const [days, setDays] = useState<keyof typeof PERIODS>('1')
  const [pending, setPending] = useState(false)
  const [answer, setAnswer] = useState<{ ok: boolean; message: string } | null>(null)

  async function run() {
    setPending(true)
    try {
      const call = { body: { days: Number(days) }, reply: report }
      const { differences } = await callApi('/api/admin/reconcile', call)
      setAnswer({ ok: true, message: inWords(differences.length) })
    } catch (error) {
      setAnswer({ ok: false, message: describeError(error) })
    }
    setPending(false)
    router.refresh()
  }

  return (
    <div>
      <div className="flex flex-wrap items-end gap-3">
        <ChoiceField label="Period" choices={PERIODS} value={days} onChange={setDays} />
        <Button loading={pending} onClick={run}>
          Run now
        </Button>
      </div>
      <div aria-live="polite">
        {answer && (
          <Alert className="mt-4" variant={answer.ok ? 'success' : 'destructive'}>
            <AlertTitle>{answer.ok ? 'The records were compared' : 'It was not finished'}</AlertTitle>
            <AlertDescription>{answer.message}</AlertDescription>
          </Alert>
        )}
      </div>
    </div>
  )
}

function inWords(count: number): string {
  if (count === 0) return 'Nothing differs.'
  return `${count === 1 ? 'One difference is' : `${count} differences are`} in the newest report below.`
}
