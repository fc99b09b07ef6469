'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { callApi, describeError } from '@/lib/http/api-client'

const checked = z.object({ violations: z.int() })

/** Checks everybody's ledger now; the page shows the outcome. */
export function CheckLedgerButton() {
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function check() {
    setPending(true)
    setProblem(null)
    try {
      await callApi('/api/admin/ledger', { body: {}, reply: checked })
    } catch (error) {
      setProblem(describeError(error))
    }
    setPending(false)
    router.refresh()
  }

  return (
    <div className="grid gap-2">
      <Button variant="outline" className="w-fit" loading={pending} onClick={check}>
        Check now
      </Button>
      <p role="alert" className="text-destructive-soft-foreground text-sm empty:hidden">
        {problem}
      </p>
    </div>
  )
}
