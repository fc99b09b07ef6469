'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

/** Closes a user's account for good, once its address is typed. */
export function CloseAccountForm({ userId, email }: { userId: string; email: string }) {
  const [open, setOpen] = useState(false)
  const options = { path: '/api/admin/users/close', keyed: false }
  const { call, pending, refusal } = useAdminCall<object>(userId, options)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const answer = await call({
      userId,
      confirmation: String(fields.get('confirmation')),
      reason: String(fields.get('reason')),
    })
    if (!answer) return
    setOpen(false)
    toast.success('Account closed')
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="outline" size="sm" className="w-fit text-destructive hover:text-destructive">
          Close account
        </Button>
      }
      title="Close the account"
      description="This cannot be undone. The plan is canceled, every session ends, and name, address and inputs are deleted. Ledger and payments stay, without a name."
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field>
          <Label htmlFor="close-confirmation">
            <span>
              Type <span className="break-all font-mono">{email}</span> to confirm
            </span>
          </Label>
          <Input id="close-confirmation" name="confirmation" required autoComplete="off" spellCheck={false} />
        </Field>
        <ReasonField id="close-reason" note="Kept in the audit log." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" variant="destructive" loading={pending}>
          Close for good
        </Button>
      </form>
    </ActionSheet>
  )
}
