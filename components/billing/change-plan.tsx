'use client'

import { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { Plan } from '@/lib/catalog/packages'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'

const loadDialog = () => import('./change-plan-dialog').then((module) => module.ChangePlanDialog)

/** The way from one plan to another. */
export function ChangePlan(props: { current: CurrentPlan; plans: readonly Plan[] }) {
  const { Loaded, triggers } = useOnDemand('dialog', loadDialog)
  const button = (
    <Button variant="outline" {...triggers}>
      Change plan
    </Button>
  )
  return Loaded ? <Loaded button={button} {...props} /> : button
}
