'use client'

import { cloneElement, type ReactElement } from 'react'
import type { ConfirmPanelProps } from './confirm-panel'
import { useOnDemand } from './use-on-demand'

const loadPanel = () => import('./confirm-panel').then((module) => module.ConfirmPanel)

type ConfirmDialogProps = Omit<ConfirmPanelProps, 'button'> & {
  /** The button that opens it. */
  trigger: ReactElement
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog({ trigger, ...props }: ConfirmDialogProps) {
  const { Loaded, triggers } = useOnDemand('dialog', loadPanel)
  const button = cloneElement(trigger, triggers)
  return Loaded ? <Loaded button={button} {...props} /> : button
}
