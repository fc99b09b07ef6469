'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { runStore } from '@/lib/credit-manager'
import { DeleteRun } from './delete-run'
import { useRunChange } from './use-run-change'

type RunActionsProps<Href extends string> = {
  userId: string
  run: { id: number; isOpen: boolean }
  /** What starts the run again: its tool and what it was asked; nothing when that is not kept. */
  repeat: { page: Route<Href>; url: string; input: Record<string, unknown> } | null | undefined
}

/** What can be done with a run: canceled while it goes on, repeated and deleted afterwards. */
export function RunActions<Href extends string>({ userId, run, repeat }: RunActionsProps<Href>) {
  const router = useRouter()
  const { change, pending } = useRunChange(run.id)
  if (run.isOpen) {
    return (
      <Button variant="outline" onClick={() => change('cancel')} loading={pending}>
        Cancel run
      </Button>
    )
  }

  function runAgain({ page, url, input }: NonNullable<typeof repeat>) {
    void runStore.start(userId, url, input, page)
    router.push(page)
  }

  return (
    <>
      <DeleteRun id={run.id} />
      {repeat && (
        <Button variant="outline" onClick={() => runAgain(repeat)}>
          Run again
        </Button>
      )}
    </>
  )
}
