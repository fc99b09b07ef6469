'use client'

import { type ReactElement, useState } from 'react'
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
  AlertDialogTrigger,
} from './alert-dialog'
import { Button } from './button'
import { DialogFooter } from './dialog'
import { FieldError } from './field'

export type ConfirmPanelProps = {
  button: ReactElement
  title: string
  /** What will happen. */
  description: string
  /** The label of the button that leaves everything as it is. */
  keep: string
  /** The label of the button that does it. */
  confirm: string
  pending: boolean
  /** Why it was not done. */
  problem?: string | null
  /** Does it; gives whether the dialog is to close. */
  onConfirm: () => Promise<boolean>
}

/** What `ConfirmDialog` opens. */
export function ConfirmPanel({
  button,
  title,
  description,
  keep,
  confirm,
  pending,
  problem,
  onConfirm,
}: ConfirmPanelProps) {
  const [open, setOpen] = useState(true)

  async function act() {
    if (await onConfirm()) setOpen(false)
  }

  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>{button}</AlertDialogTrigger>
      <AlertDialogContent>
        <div className="grid gap-1.5">
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{description}</AlertDialogDescription>
        </div>
        <FieldError>{problem}</FieldError>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="outline">{keep}</Button>
          </AlertDialogCancel>
          <Button variant="destructive" onClick={act} loading={pending}>
            {confirm}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
