'use client'

import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { describeCancellation } from './plan-status-text'
import { usePlanAction } from './use-plan-action'

/** Asks before a plan is cancelled, and says until when everything stays. */
export function CancelPlanDialog({ current }: { current: CurrentPlan }) {
  const format = useFormat()
  const { act, pending } = usePlanAction()
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" className="text-destructive hover:text-destructive">
          Cancel plan
        </Button>
      }
      title={`Cancel ${current.plan.name}?`}
      description={describeCancellation(format, current, current.plan.unusedCredits)}
      keep="Keep the plan"
      confirm="Cancel the plan"
      pending={pending}
      onConfirm={() => act({ action: 'cancel' })}
    />
  )
}
