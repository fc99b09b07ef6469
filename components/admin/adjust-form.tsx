'use client'

import { type FormEvent, useRef, useState } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { useCreditTypes } from '@/lib/credit-manager'
import { type CreditType, type CreditUnit, findCreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import type { ApiCallError } from '@/lib/http/api-client'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

/** The engine's refusals speak to the owner of the wallet; here an admin reads them. */
function refusalFor({ countCredits }: Format, error: ApiCallError, unit: CreditUnit): string {
  const balance = error.details.currentBalance
  if (error.code !== 'insufficient_credits' || typeof balance !== 'number') return error.message
  return `The balance is ${countCredits(balance, unit)}, so at most that can be removed.`
}

type AdjustFormProps = {
  userId: string
  email: string
  /** The wallet that the page shows: another one can be chosen. */
  shown: CreditType
}

/** Adds credits to a user's wallet or removes them, with a reason that ends up in the ledger and the audit log. */
export function AdjustForm({ userId, email, shown }: AdjustFormProps) {
  const format = useFormat()
  const types = useCreditTypes()
  const [creditType, setCreditType] = useState(shown.id)
  const unit = findCreditType(types, creditType)
  const [direction, setDirection] = useState('add')
  const form = useRef<HTMLFormElement>(null)
  const options = {
    path: '/api/admin/credits',
    refusalFor: (error: ApiCallError) => refusalFor(format, error, unit),
  }
  const { call, pending, refusal } = useAdminCall<{ newBalance: number }>(userId, options)
  const adding = direction === 'add'

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const amount = Number(fields.get('amount')) * (adding ? 1 : -1)
    const adjusted = await call({ userId, amount, creditType, reason: String(fields.get('reason')) })
    if (!adjusted) return
    form.current?.reset()
    toast.success(`${adding ? 'Added' : 'Removed'} ${format.countCredits(Math.abs(amount), unit)}`, {
      description: `${email} now has ${format.countCredits(adjusted.newBalance, unit)}.`,
    })
  }

  return (
    <form ref={form} onSubmit={submit} className="grid gap-4">
      {types.length > 1 && (
        <Field>
          <Label htmlFor="wallet">Wallet</Label>
          <NativeSelect
            id="wallet"
            value={creditType}
            onChange={(event) => setCreditType(event.target.value)}
          >
            {types.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
      )}
      <Field>
        <Label htmlFor="amount">Credits</Label>
        <div className="flex gap-2">
          <ToggleGroup
            type="single"
            value={direction}
            onValueChange={(value) => value && setDirection(value)}
            aria-label="Direction"
            className="shrink-0"
          >
            <ToggleGroupItem value="add">Add</ToggleGroupItem>
            <ToggleGroupItem value="remove">Remove</ToggleGroupItem>
          </ToggleGroup>
          <Input
            id="amount"
            name="amount"
            type="number"
            min={1}
            step={1}
            required
            className="figures h-auto pointer-coarse:h-auto"
          />
        </div>
      </Field>
      <ReasonField id="reason" note="The user sees it beside the transaction." />
      <RefusalAlert refusal={refusal} />
      <Button type="submit" loading={pending} variant={adding ? 'default' : 'destructive'}>
        {adding ? 'Add credits' : 'Remove credits'}
      </Button>
    </form>
  )
}
