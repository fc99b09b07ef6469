'use client'

import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useRunChange } from './use-run-change'

/** Deletes what is kept of a run, once that is confirmed, and leads to the others. */
export function DeleteRun({ id }: { id: number }) {
  const router = useRouter()
  const { change, pending } = useRunChange(id)

  async function deleteRun() {
    if (await change('delete')) router.push('/runs')
    // It goes with its page.
    return false
  }

  return (
    <ConfirmDialog
      trigger={<Button variant="outline">Delete</Button>}
      title="Delete this run?"
      description="Its input and its result are gone for good. What it cost stays in your history."
      keep="Keep it"
      confirm="Delete run"
      pending={pending}
      onConfirm={deleteRun}
    />
  )
}
