'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

type MoveCustomerFormProps = {
  userId: string
  /** The address of the user, which the customer should have. */
  email: string
}

/** Gives a customer another address at the payment provider. */
export function MoveCustomerForm({ userId, email }: MoveCustomerFormProps) {
  const [open, setOpen] = useState(false)
  const options = { path: '/api/admin/customers', keyed: false }
  const { call, pending, refusal } = useAdminCall<object>(userId, options)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const answer = await call({
      userId,
      email: String(fields.get('email')),
      reason: String(fields.get('reason')),
    })
    if (!answer) return
    setOpen(false)
    toast.success('The customer has the new address')
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="outline" size="sm">
          Move
        </Button>
      }
      title="Move the customer"
      description="Receipts go to the new address, and the old one is free for its new owner."
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field>
          <Label htmlFor="customer-email">New address</Label>
          <Input
            id="customer-email"
            name="email"
            type="email"
            required
            defaultValue={email}
            aria-describedby="customer-email-note"
          />
          <FieldDescription id="customer-email-note">
            The user signs in with their own address as before.
          </FieldDescription>
        </Field>
        <ReasonField id="customer-reason" note="Kept in the audit log." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" loading={pending}>
          Move
        </Button>
      </form>
    </ActionSheet>
  )
}
