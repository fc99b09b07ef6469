'use client'

import { type ReactElement, useState } from 'react'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { RadioCard, RadioGroup } from '@/components/ui/radio-group'
import type { Plan } from '@/lib/catalog/packages'
import { changesNow } from '@/lib/payments/subscriptions/changes-now'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { PlanChangeNote } from './plan-change-note'
import { describeChange } from './plan-change-text'
import { priceInWords } from './plan-status-text'
import { creditsInWords } from './plan-text'
import { usePlanAction } from './use-plan-action'
import { usePlanPreview } from './use-plan-preview'

type ChangePlanDialogProps = { button: ReactElement; current: CurrentPlan; plans: readonly Plan[] }

/** Offers the other plans, and says what changing to the chosen one does before it is done. */
export function ChangePlanDialog({ button, current, plans }: ChangePlanDialogProps) {
  const format = useFormat()
  const [open, setOpen] = useState(true)
  const [chosenId, setChosenId] = useState<string>()
  const { act, pending } = usePlanAction()
  const chosen = plans.find(({ id }) => id === chosenId)
  const charges = chosen !== undefined && changesNow(current.plan, chosen)
  const { charge, problem, retry } = usePlanPreview(charges ? chosen.id : undefined)
  const change = chosen && describeChange(format, current.plan, chosen, { ...current, charge })
  const waiting = charges
    ? 'Getting the exact amount…'
    : 'Choose a plan to see what the change does, and when.'

  async function confirm() {
    if (chosen && (await act({ action: 'change_plan', packageId: chosen.id }))) setOpen(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setChosenId(undefined)
      }}
    >
      <DialogTrigger asChild>{button}</DialogTrigger>
      <DialogContent>
        <div className="grid gap-1.5">
          <DialogTitle>Change your plan</DialogTitle>
          <DialogDescription>
            You have {current.plan.name}, for {priceInWords(format, current.plan)}.
          </DialogDescription>
        </div>
        <RadioGroup value={chosenId ?? ''} onValueChange={setChosenId} aria-label="Plans">
          {plans.map((plan) => (
            <RadioCard key={plan.id} value={plan.id}>
              <span className="flex flex-1 flex-wrap justify-between gap-x-4 gap-y-0.5">
                <span className="font-medium">{plan.name}</span>
                <span className="figures">{priceInWords(format, plan)}</span>
                <span className="figures w-full text-muted-foreground">{creditsInWords(format, plan)}</span>
              </span>
            </RadioCard>
          ))}
        </RadioGroup>
        <PlanChangeNote text={change ? change.text : waiting} problem={problem} onRetry={retry} />
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="outline">Keep {current.plan.name}</Button>
          </DialogClose>
          <Button onClick={confirm} disabled={!change} loading={pending}>
            {change ? change.button : 'Change plan'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
