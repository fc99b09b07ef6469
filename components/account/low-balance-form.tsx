'use client'

import { useActionState, useState } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Button } from '@/components/ui/button'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { setLowBalanceThreshold } from '@/lib/account/set-low-balance-threshold'

const USUAL_THRESHOLD = 20

/** Whether, and below how many credits, its owner wants to hear that a balance is low. */
export function LowBalanceForm({ threshold }: { threshold: number | null }) {
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
    >
      <Field>
        <div className="flex min-h-9 items-center gap-3">
          <Switch
            id="wanted"
            name="wanted"
            checked={wanted}
            onChange={(event) => setWanted(event.target.checked)}
          />
          <Label htmlFor="wanted">Email me when my balance is low</Label>
        </div>
      </Field>
      <Field>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Label htmlFor="threshold">When it falls below</Label>
          <Input
            id="threshold"
            name="threshold"
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
            disabled={!wanted}
            inputMode="numeric"
            autoComplete="off"
            className="w-28 text-right tabular-nums"
            aria-invalid={refused}
            aria-describedby="threshold-note"
          />
          <span className="text-sm">credits</span>
        </div>
        <FieldDescription id="threshold-note">At most one mail a day.</FieldDescription>
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
