'use client'

import type { ReactElement } from 'react'
import type { ConfirmPanelProps } from './confirm-panel'
import { OnDemand } from './on-demand'

const loadPanel = () => import('./confirm-panel').then((module) => module.ConfirmPanel)

type ConfirmDialogProps = Omit<ConfirmPanelProps, 'button'> & {
  /** The button that opens it. */
  trigger: ReactElement
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog({ trigger, ...props }: ConfirmDialogProps) {
  return <OnDemand kind="dialog" load={loadPanel} button={trigger} props={props} />
}
