'use client'

import { ShieldCheckIcon, TriangleAlertIcon } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { LedgerViolation } from '@/lib/credits'
import { callApi } from '@/lib/http/api-client'

type LedgerCheck = { violations: LedgerViolation[] } | { failed: true }

const violation: z.ZodType<LedgerViolation> = z.object({
  invariant: z.string(),
  user_id: z.string(),
  credit_type: z.string(),
  transaction_id: z.int().nullable(),
  detail: z.string(),
})
const verified = z.object({ violations: z.array(violation) })

/** Has every invariant of a user's ledger checked, and says what came of it. */
export function VerifyLedger({ userId }: { userId: string }) {
  const [check, setCheck] = useState<LedgerCheck | null>(null)
  const [pending, setPending] = useState(false)

  async function verify() {
    setPending(true)
    try {
      setCheck(await callApi(`/api/admin/ledger?userId=${userId}`, { reply: verified }))
    } catch {
      setCheck({ failed: true })
    } finally {
      setPending(false)
    }
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>Ledger check</CardTitle>
        <CardDescription>Every row, total, grant and hold against each other.</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3">
        <Button variant="outline" className="w-fit" loading={pending} onClick={verify}>
          Verify ledger
        </Button>
        <div aria-live="polite">{check && <Result check={check} />}</div>
      </CardContent>
    </Card>
  )
}

function Result({ check }: { check: LedgerCheck }) {
  if ('failed' in check) {
    return (
      <p className="text-destructive-soft-foreground text-sm">It could not be checked. Please try again.</p>
    )
  }
  const { violations } = check
  if (violations.length === 0) {
    return (
      <Alert variant="success">
        <ShieldCheckIcon aria-hidden />
        <AlertTitle>Everything adds up</AlertTitle>
      </Alert>
    )
  }
  return (
    <Alert variant="destructive">
      <TriangleAlertIcon aria-hidden />
      <AlertTitle>{`${violations.length} rows break a rule`}</AlertTitle>
      <AlertDescription>
        <ul className="grid gap-1">
          {violations.map(({ invariant, credit_type, transaction_id, detail }) => (
            <li key={`${invariant} ${credit_type} ${transaction_id}`} className="break-words">
              <span>{`${invariant.replaceAll('_', ' ')}: ${detail}`}</span>
              {transaction_id !== null && <span>{` (transaction ${transaction_id})`}</span>}
            </li>
          ))}
        </ul>
      </AlertDescription>
    </Alert>
  )
}
