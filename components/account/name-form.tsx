'use client'

import { useActionState } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Button } from '@/components/ui/button'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { rename } from '@/lib/account/rename'

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
      <div className="flex items-center gap-3">
        <Button type="submit" loading={saving}>
          Save name
        </Button>
        <p role="status" className="text-muted-foreground text-sm">
          {state.status === 'saved' && !saving && 'Saved.'}
        </p>
      </div>
    </form>
  )
}
