'use client'

import { useRouter } from 'next/navigation'
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
import { useRunChange } from './use-run-change'

/** Deletes what is kept of a run, once that is confirmed, and leads to the others. */
export function DeleteRun({ id }: { id: number }) {
  const router = useRouter()
  const { change, pending } = useRunChange(id)

  async function deleteRun() {
    if (await change('delete')) router.push('/runs')
  }

  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="outline">Delete</Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <div className="grid gap-1.5">
          <AlertDialogTitle>Delete this run?</AlertDialogTitle>
          <AlertDialogDescription>
            Its input and its result are gone for good. What it cost stays in your history.
          </AlertDialogDescription>
        </div>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="outline">Keep it</Button>
          </AlertDialogCancel>
          <Button variant="destructive" onClick={deleteRun} loading={pending}>
            Delete run
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
