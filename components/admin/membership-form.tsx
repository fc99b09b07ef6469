'use client'

import { type FormEvent, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import { TIER_NAMES } from '@/lib/tiers'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
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
    const until = String(fields.get('until') ?? '')
    const answer = await call({
      userId,
      tier: tier === 'none' ? null : tier,
      reason: String(fields.get('reason')),
      ...(until && { expiresAt: `${until}T00:00:00Z` }),
    })
    if (!answer) return
    setOpen(false)
    toast.success(tier === 'none' ? 'Membership taken away' : `Membership is ${CHOICES[tier]}`)
  }

  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="outline" size="sm">
          Change
        </Button>
      </SheetTrigger>
      <SheetContent side="right">
        <div className="grid gap-1 pr-8">
          <SheetTitle className="font-semibold tracking-tight">Change the membership</SheetTitle>
          <p className="text-muted-foreground text-sm">
            Credits stay as they are; prices and access follow at once.
          </p>
        </div>
        <form onSubmit={submit} className="grid gap-4">
          <ChoiceField label="Membership" choices={CHOICES} value={tier} onChange={setTier} />
          {tier !== 'none' && (
            <Field>
              <Label htmlFor="membership-until">Until</Label>
              <Input
                id="membership-until"
                name="until"
                type="date"
                aria-describedby="membership-until-note"
              />
              <FieldDescription id="membership-until-note">
                The first day without it, in UTC. Leave it empty for no end.
              </FieldDescription>
            </Field>
          )}
          <ReasonField id="membership-reason" note="Kept in the audit log." />
          <RefusalAlert refusal={refusal} />
          <Button type="submit" loading={pending}>
            Save
          </Button>
        </form>
      </SheetContent>
    </Sheet>
  )
}
