'use client'

import { type FormEvent, type ReactElement, useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'
import { BUDGET_PROBLEM, BudgetFields, type Budgets, readBudgets } from './budget-fields'
import { useKeyCall } from './use-key-call'

type EditBudgetsDialogProps = { button: ReactElement; id: number; name: string; budgets: Budgets }

/** Changes what a key may spend. */
export function EditBudgetsDialog({ button, id, name, budgets }: EditBudgetsDialogProps) {
  const { change, pending, problem, setProblem, reset } = useKeyCall()
  const [open, setOpen] = useState(true)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const chosen = readBudgets(new FormData(event.currentTarget))
    if (!chosen) return setProblem(BUDGET_PROBLEM)
    if (await change(id, { action: 'set_budgets', budgets: chosen })) setOpen(false)
  }

  function toggle(opened: boolean) {
    setOpen(opened)
    reset()
  }

  return (
    <Dialog open={open} onOpenChange={toggle}>
      <DialogTrigger asChild>{button}</DialogTrigger>
      <DialogContent>
        <form onSubmit={submit} className="grid gap-4">
          <div className="grid gap-1.5">
            <DialogTitle>Budget of {name}</DialogTitle>
            <DialogDescription>
              What it has used already counts. An empty field is no limit.
            </DialogDescription>
          </div>
          <BudgetFields budgets={budgets} />
          <FieldError>{problem}</FieldError>
          <DialogFooter>
            <Button type="submit" loading={pending}>
              Save budget
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
