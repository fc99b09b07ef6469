'use client'

import { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { Budgets } from './budget-fields'
import type { ScopedTool } from './scope-fields'

const loadCreate = () => import('./create-key-dialog').then((module) => module.CreateKeyDialog)
const loadBudgets = () => import('./edit-budgets-dialog').then((module) => module.EditBudgetsDialog)
const loadRotate = () => import('./rotate-key-dialog').then((module) => module.RotateKeyDialog)

/** The way to a key of the API. */
export function CreateKey(props: { tools: readonly ScopedTool[] }) {
  const { Loaded, triggers } = useOnDemand('dialog', loadCreate)
  const button = (
    <Button className="w-fit" {...triggers}>
      Create API key
    </Button>
  )
  return Loaded ? <Loaded button={button} {...props} /> : button
}

/** The way to what a key may spend. */
export function EditBudgets(props: { id: number; name: string; budgets: Budgets }) {
  const { Loaded, triggers } = useOnDemand('dialog', loadBudgets)
  const button = (
    <Button variant="outline" size="sm" aria-label={`Budget of ${props.name}`} {...triggers}>
      Budget
    </Button>
  )
  return Loaded ? <Loaded button={button} {...props} /> : button
}

/** The way to a new secret of a key. */
export function RotateKey(props: { id: number; name: string }) {
  const { Loaded, triggers } = useOnDemand('dialog', loadRotate)
  const button = (
    <Button variant="outline" size="sm" aria-label={`Rotate ${props.name}`} {...triggers}>
      Rotate
    </Button>
  )
  return Loaded ? <Loaded button={button} {...props} /> : button
}
