'use client'

import { useActionState, useState } from 'react'
import { WalletMark } from '@/components/credits/wallet-mark'
import { useKeptInput } from '@/components/layout/kept-input'
import { Button } from '@/components/ui/button'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { setLowBalanceThreshold } from '@/lib/account/set-low-balance-threshold'
import type { CreditType } from '@/lib/credit-type'

const USUAL_THRESHOLD = 20

type LowBalanceFormProps = {
  type: CreditType
  /** Whether it says which wallet it is about, as where there are several. */
  named: boolean
  /** Null for no mail; undefined for a wallet that was never opened, which gets the usual one. */
  threshold: number | null | undefined
}

/** Whether, and below how many credits, its owner wants to hear that the balance of a wallet is low. */
export function LowBalanceForm({ type, named, threshold = USUAL_THRESHOLD }: LowBalanceFormProps) {
  const [state, save, saving] = useActionState(setLowBalanceThreshold, { status: 'idle' })
  const [wanted, setWanted] = useState(Boolean(threshold))
  const [limit, setLimit] = useState(String(threshold || USUAL_THRESHOLD))
  const form = useKeptInput()
  const refused = state.status === 'refused' && !saving
  return (
    // React resets a form once its action is done; this one keeps what was chosen.
    <form
      ref={form}
      action={save}
      onReset={(event) => event.preventDefault()}
      className="grid max-w-md gap-4"
      aria-label={named ? type.name : undefined}
    >
      <input type="hidden" name="creditType" value={type.id} />
      {named && (
        <p className="flex items-center gap-2 font-medium text-sm">
          <WalletMark color={type.color} />
          <span>{type.name}</span>
        </p>
      )}
      <Field>
        <div className="flex min-h-9 items-center gap-3">
          <Switch
            id={`wanted-${type.id}`}
            name="wanted"
            checked={wanted}
            onChange={(event) => setWanted(event.target.checked)}
          />
          <Label htmlFor={`wanted-${type.id}`}>Email me when my balance is low</Label>
        </div>
      </Field>
      <Field>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Label htmlFor={`threshold-${type.id}`}>When it falls below</Label>
          <Input
            id={`threshold-${type.id}`}
            name="threshold"
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
            disabled={!wanted}
            inputMode="numeric"
            autoComplete="off"
            className="w-28 text-right tabular-nums"
            aria-invalid={refused}
            aria-describedby={`threshold-note-${type.id}`}
          />
          <span className="text-sm">{type.unitPlural}</span>
        </div>
        <FieldDescription id={`threshold-note-${type.id}`}>At most one mail a day.</FieldDescription>
        <FieldError>{refused && state.message}</FieldError>
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" loading={saving}>
          Save
        </Button>
        <p role="status" className="text-muted-foreground text-sm">
          {state.status === 'saved' && !saving && 'Saved.'}
        </p>
      </div>
    </form>
  )
}
