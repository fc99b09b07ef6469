'use client'

import { useActionState } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { rename } from '@/lib/account/rename'
import { SaveRow } from './save-row'

export function NameForm({ name }: { name: string }) {
  const [state, save, saving] = useActionState(rename, { status: 'idle' })
  const form = useKeptInput()
  const refused = state.status === 'refused'
  return (
    <form ref={form} action={save} className="grid max-w-md gap-4">
      <Field>
        <Label htmlFor="name">Name</Label>
        <Input
          id="name"
          name="name"
          defaultValue={name}
          maxLength={120}
          autoComplete="name"
          aria-invalid={refused}
          aria-describedby="name-note"
        />
        <FieldDescription id="name-note">
          Shown in the menu, and to the people who run this service.
        </FieldDescription>
        <FieldError>{refused && state.message}</FieldError>
      </Field>
      <SaveRow state={state} saving={saving}>
        Save name
      </SaveRow>
    </form>
  )
}
