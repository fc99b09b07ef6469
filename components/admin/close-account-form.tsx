'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { ConfirmAddressField } from '@/components/account/confirm-address-field'
import { Button } from '@/components/ui/button'
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
        <ConfirmAddressField email={email} />
        <ReasonField id="close-reason" note="Kept in the audit log." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" variant="destructive" loading={pending}>
          Close for good
        </Button>
      </form>
    </ActionSheet>
  )
}
