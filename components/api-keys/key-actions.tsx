'use client'

import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import type { Budgets } from './budget-fields'
import type { ScopedTool } from './scope-fields'

const loadCreate = () => import('./create-key-dialog').then((module) => module.CreateKeyDialog)
const loadBudgets = () => import('./edit-budgets-dialog').then((module) => module.EditBudgetsDialog)
const loadRotate = () => import('./rotate-key-dialog').then((module) => module.RotateKeyDialog)

/** The way to a key of the API. */
export function CreateKey(props: { tools: readonly ScopedTool[] }) {
  const button = <Button className="w-fit">Create API key</Button>
  return <OnDemand kind="dialog" load={loadCreate} button={button} props={props} />
}

/** The way to what a key may spend. */
export function EditBudgets(props: { id: number; name: string; budgets: Budgets }) {
  const button = (
    <Button variant="outline" size="sm" aria-label={`Budget of ${props.name}`}>
      Budget
    </Button>
  )
  return <OnDemand kind="dialog" load={loadBudgets} button={button} props={props} />
}

/** The way to a new secret of a key. */
export function RotateKey(props: { id: number; name: string }) {
  const button = (
    <Button variant="outline" size="sm" aria-label={`Rotate ${props.name}`}>
      Rotate
    </Button>
  )
  return <OnDemand kind="dialog" load={loadRotate} button={button} props={props} />
}
