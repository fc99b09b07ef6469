'use client'

import { type ComponentProps, cloneElement, type ReactElement } from 'react'
import type { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { ActionPanelProps } from './action-panel'

const loadPanel = () => import('./action-panel').then((module) => module.ActionPanel)

type ActionSheetProps = Omit<ActionPanelProps, 'button'> & {
  /** The button that opens it. */
  trigger: ReactElement<ComponentProps<typeof Button>>
}

/** Where an admin says how something is to be done to a user. */
export function ActionSheet({ trigger, ...props }: ActionSheetProps) {
  const { Loaded, triggers } = useOnDemand('dialog', loadPanel)
  if (Loaded) return <Loaded button={trigger} {...props} />
  function open() {
    triggers.onClick?.()
    props.onOpenChange(true)
  }
  return cloneElement(trigger, { ...triggers, onClick: open })
}
