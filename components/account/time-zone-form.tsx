'use client'

import { useActionState, useSyncExternalStore } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { useFormat } from '@/components/reader/format-provider'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { setTimeZone } from '@/lib/account/set-time-zone'
import { SaveRow } from './save-row'

/** In which zone times are shown: that of the browser, or a chosen one. */
export function TimeZoneForm({ chosen, zones }: { chosen: string | null; zones: readonly string[] }) {
  const [state, save, saving] = useActionState(setTimeZone, { status: 'idle' })
  const form = useKeptInput()
  const { timeZone } = useFormat()
  const browserZone = useBrowserZone()
  const refused = state.status === 'refused'
  return (
    <form ref={form} action={save} className="grid max-w-md gap-4">
      <Field>
        <Label htmlFor="time-zone">Time zone</Label>
        {/* What was saved is what is chosen, also after the form was reset by its action. */}
        <NativeSelect
          key={chosen}
          id="time-zone"
          name="time_zone"
          defaultValue={chosen ?? ''}
          aria-invalid={refused}
          aria-describedby="time-zone-note"
        >
          <option value="">{browserZone ? `As this browser: ${browserZone}` : 'As this browser'}</option>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </NativeSelect>
        <FieldDescription id="time-zone-note">{`Times are shown in ${timeZone} now.`}</FieldDescription>
        <FieldError>{refused && state.message}</FieldError>
      </Field>
      <SaveRow state={state} saving={saving}>
        Save time zone
      </SaveRow>
    </form>
  )
}

/** The zone of this browser; null on the server, which does not know it. */
function useBrowserZone(): string | null {
  return useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )
}
