'use client'

import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import type { Plan } from '@/lib/catalog/packages'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'

const loadDialog = () => import('./change-plan-dialog').then((module) => module.ChangePlanDialog)

/** The way from one plan to another. */
export function ChangePlan(props: { current: CurrentPlan; plans: readonly Plan[] }) {
  const button = <Button variant="outline">Change plan</Button>
  return <OnDemand kind="dialog" load={loadDialog} button={button} props={props} />
}
