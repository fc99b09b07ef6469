'use client'

import { useState } from 'react'
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
  AlertDialogTrigger,
} from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { DialogFooter } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { useKeyCall } from './use-key-call'

/** Revokes a key for good. */
export function RevokeKey({ id, name }: { id: number; name: string }) {
  const { change, pending, problem } = useKeyCall()
  const [open, setOpen] = useState(false)

  async function revoke() {
    if (await change(id, { action: 'revoke' })) setOpen(false)
  }

  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button
          variant="outline"
          size="sm"
          className="text-destructive hover:text-destructive"
          aria-label={`Revoke ${name}`}
        >
          Revoke
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <div className="grid gap-1.5">
          <AlertDialogTitle>Revoke {name}?</AlertDialogTitle>
          <AlertDialogDescription>
            It stops working at once, for good. Runs that it has started end as usual.
          </AlertDialogDescription>
        </div>
        <FieldError>{problem}</FieldError>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="outline">Keep it</Button>
          </AlertDialogCancel>
          <Button variant="destructive" onClick={revoke} loading={pending}>
            Revoke key
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
