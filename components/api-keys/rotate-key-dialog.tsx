'use client'

import type { FormEvent, ReactElement } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { Field, FieldError } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { ShownSecret } from './shown-secret'
import { useKeyCall } from './use-key-call'

type RotateKeyDialogProps = { button: ReactElement; id: number; name: string }

/** Gives a key a new secret, and shows it once. */
export function RotateKeyDialog({ button, id, name }: RotateKeyDialogProps) {
  const { change, pending, problem, secret, reset } = useKeyCall()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const overlapSeconds = Number(new FormData(event.currentTarget).get('overlap'))
    await change(id, { action: 'rotate', overlapSeconds })
  }

  return (
    <Dialog defaultOpen onOpenChange={reset}>
      <DialogTrigger asChild>{button}</DialogTrigger>
      <DialogContent>
        {secret ? (
          <ShownSecret secret={secret} note="Budgets and what is used of them stay." />
        ) : (
          <form onSubmit={submit} className="grid gap-4">
            <div className="grid gap-1.5">
              <DialogTitle>Rotate this key?</DialogTitle>
              <DialogDescription>You get a new secret for {name}.</DialogDescription>
            </div>
            <Field>
              <Label htmlFor="overlap">The old secret works</Label>
              <NativeSelect id="overlap" name="overlap" defaultValue="86400">
                <option value="0">Not any more</option>
                <option value="3600">For another hour</option>
                <option value="86400">For another day</option>
                <option value="604800">For another week</option>
              </NativeSelect>
            </Field>
            <FieldError>{problem}</FieldError>
            <DialogFooter>
              <Button type="submit" loading={pending}>
                Rotate key
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  )
}
