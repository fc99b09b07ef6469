'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ChoiceField } from '@/components/ui/choice-field'
import { TIER_NAMES } from '@/lib/tiers'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { readUntil, UntilField } from './until-field'
import { useAdminCall } from './use-admin-call'

const CHOICES = { none: 'None', ...TIER_NAMES }

/** Gives a user a membership until a day, or takes it away. */
export function MembershipForm({ userId }: { userId: string }) {
  const [open, setOpen] = useState(false)
  const [tier, setTier] = useState<keyof typeof CHOICES>('pro')
  const options = { path: '/api/admin/memberships', keyed: false }
  const { call, pending, refusal } = useAdminCall<object>(userId, options)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const answer = await call({
      userId,
      tier: tier === 'none' ? null : tier,
      reason: String(fields.get('reason')),
      ...readUntil(fields),
    })
    if (!answer) return
    setOpen(false)
    toast.success(tier === 'none' ? 'Membership taken away' : `Membership is ${CHOICES[tier]}`)
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="outline" size="sm">
          Change
        </Button>
      }
      title="Change the membership"
      description="Credits stay as they are; prices and access follow at once."
    >
      <form onSubmit={submit} className="grid gap-4">
        <ChoiceField label="Membership" choices={CHOICES} value={tier} onChange={setTier} />
        {tier !== 'none' && <UntilField id="membership-until" />}
        <ReasonField id="membership-reason" note="Kept in the audit log." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" loading={pending}>
          Save
        </Button>
      </form>
    </ActionSheet>
  )
}
