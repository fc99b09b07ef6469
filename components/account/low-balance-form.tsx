'use client'

import { useActionState, useState } from 'react'
import { WalletMark } from '@/components/credits/wallet-mark'
import { useKeptInput } from '@/components/layout/kept-input'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { setLowBalanceThreshold } from '@/lib/account/set-low-balance-threshold'
import { THRESHOLD_FIELDS } from '@/lib/account/threshold-fields'
import type { CreditType } from '@/lib/credit-type'
import { SaveRow } from './save-row'

const USUAL_THRESHOLDS = [20]
const FURTHER_NAMES = ['', 'Second number', 'Third number']

type LowBalanceFormProps = {
  type: CreditType
  /** Whether it says which wallet it is about, as where there are several. */
  named: boolean
  /** None for no mail; undefined for a wallet that was never opened, which gets the usual one. */
  thresholds: readonly number[] | undefined
  /** Whether mails about low balances are switched off altogether. */
  off: boolean
}

/** Below which numbers of credits its owner wants to hear that the balance of a wallet is low. */
export function LowBalanceForm({ type, named, thresholds = USUAL_THRESHOLDS, off }: LowBalanceFormProps) {
  const [state, save, saving] = useActionState(setLowBalanceThreshold, { status: 'idle' })
  const [limits, setLimits] = useState(() =>
    THRESHOLD_FIELDS.map((_, index) => String(thresholds[index] ?? '')),
  )
  const form = useKeptInput()
  const refused = state.status === 'refused' && !saving
  const note = `threshold-note-${type.id}`
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
        <Label htmlFor={`threshold-${type.id}`}>When it falls below</Label>
        <div className="flex flex-wrap items-center gap-2">
          {THRESHOLD_FIELDS.map((name, index) => (
            <Input
              key={name}
              id={`${name}-${type.id}`}
              name={name}
              aria-label={FURTHER_NAMES[index] || undefined}
              value={limits[index]}
              onChange={({ target }) =>
                setLimits((former) => former.map((limit, at) => (at === index ? target.value : limit)))
              }
              disabled={off}
              inputMode="numeric"
              autoComplete="off"
              className="w-20 text-right tabular-nums"
              aria-invalid={refused}
              aria-describedby={note}
            />
          ))}
          <span className="text-sm">{type.unitPlural}</span>
        </div>
        <FieldDescription id={note}>
          {off
            ? 'Mails about low balances are switched off.'
            : 'Up to three numbers. Each is told of once, until the balance is above it again. Leave all empty for no mail.'}
        </FieldDescription>
        <FieldError>{refused && state.message}</FieldError>
      </Field>
      {!off && (
        <SaveRow state={state} saving={saving}>
          Save
        </SaveRow>
      )}
    </form>
  )
}
