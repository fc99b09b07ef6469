'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { CreditType } from '@/lib/credit-type'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { readUntil, UntilField } from './until-field'
import { useAdminCall } from './use-admin-call'

type GiveFormProps = {
  userId: string
  email: string
  /** The wallet they go to. */
  type: CreditType
}

/** Gives a user credits as a gift, which may end on a day. */
export function GiveForm({ userId, email, type }: GiveFormProps) {
  const { countCredits } = useFormat()
  const [open, setOpen] = useState(false)
  const options = { path: '/api/admin/users/give' }
  const { call, pending, refusal } = useAdminCall<{ newBalance: number }>(userId, options)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const amount = Number(fields.get('amount'))
    const given = await call({
      ...{ userId, amount, creditType: type.id, reason: String(fields.get('reason')) },
      ...readUntil(fields),
    })
    if (!given) return
    setOpen(false)
    toast.success(`Gave ${countCredits(amount, type)}`, {
      description: `${email} now has ${countCredits(given.newBalance, type)}.`,
    })
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="outline" size="sm">
          Give
        </Button>
      }
      title={`Give ${type.unitPlural}`}
      description={`A gift to ${email}. It does not count as bought, and may end on a day.`}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field>
          <Label htmlFor="gift-amount">Amount</Label>
          <Input id="gift-amount" name="amount" type="number" min={1} step={1} required className="figures" />
        </Field>
        <UntilField id="gift-until" />
        <ReasonField id="gift-reason" note="The user sees it beside the transaction." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" loading={pending}>
          Give
        </Button>
      </form>
    </ActionSheet>
  )
}
