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
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { describeCancellation } from './plan-status-text'
import { usePlanAction } from './use-plan-action'

/** Asks before a plan is cancelled, and says until when everything stays. */
export function CancelPlanDialog({ current }: { current: CurrentPlan }) {
  const [open, setOpen] = useState(false)
  const { act, pending } = usePlanAction()

  async function confirm() {
    if (await act({ action: 'cancel' })) setOpen(false)
  }

  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button variant="ghost" className="text-destructive hover:text-destructive">
          Cancel plan
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <div className="grid gap-1.5">
          <AlertDialogTitle>Cancel {current.plan.name}?</AlertDialogTitle>
          <AlertDialogDescription>
            {describeCancellation(current, current.plan.unusedCredits)}
          </AlertDialogDescription>
        </div>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="outline">Keep the plan</Button>
          </AlertDialogCancel>
          <Button variant="destructive" onClick={confirm} loading={pending}>
            Cancel the plan
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
