'use client'

import { Undo2Icon } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { LedgerRow } from '@/lib/account/list-transactions'
import { useCreditType } from '@/lib/credit-manager'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

/** Gives a charge back, in part or in whole, with a reason. */
export function RefundButton({ userId, row }: { userId: string; row: LedgerRow }) {
  const { countCredits, formatTimestamp } = useFormat()
  const [open, setOpen] = useState(false)
  const { call, pending, refusal } = useAdminCall<{ refunded: number }>(userId, {
    path: '/api/admin/refunds',
  })
  const charged = -row.amount
  const unit = useCreditType(row.credit_type)
  const title = `Refund ${countCredits(charged, unit)}`

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const amount = Number(fields.get('amount'))
    const reason = String(fields.get('reason'))
    const answer = await call({ transactionId: row.id, reason, ...(amount > 0 && { amount }) })
    if (!answer) return
    setOpen(false)
    toast.success(`Refunded ${countCredits(answer.refunded, unit)}`)
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="icon" className="size-8 text-muted-foreground">
          <Undo2Icon aria-hidden />
          <span className="sr-only">{title}</span>
        </Button>
      }
      title={title}
      description={`${row.description ?? row.action}, ${formatTimestamp(row.created_at)}`}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field>
          <Label htmlFor="refund-amount">Credits</Label>
          <Input
            id="refund-amount"
            name="amount"
            type="number"
            min={1}
            max={charged}
            step={1}
            placeholder="All that is left"
            aria-describedby="refund-amount-note"
            className="figures"
          />
          <FieldDescription id="refund-amount-note">Leave it empty to give all of it back.</FieldDescription>
        </Field>
        <ReasonField id="refund-reason" note="The user sees it beside the transaction." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" loading={pending}>
          Refund
        </Button>
      </form>
    </ActionSheet>
  )
}
