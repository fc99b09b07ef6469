'use client'

import { type ComponentType, cloneElement, type ReactElement } from 'react'
import { useOnDemand } from './use-on-demand'

type OnDemandProps<Props> = {
  kind: 'menu' | 'dialog'
  /** Gives what the button opens: a component that takes the button, and is open when it is mounted. */
  load: () => Promise<ComponentType<Props & { button: ReactElement }>>
  button: ReactElement
  /** What that component takes besides. */
  props: Props
}

/** A button with the menu or the dialog that it opens, which is loaded when somebody is about to open it. */
export function OnDemand<Props extends object>({ kind, load, button, props }: OnDemandProps<Props>) {
  const { Loaded, triggers } = useOnDemand(kind, load)
  const trigger = cloneElement(button, triggers)
  return Loaded ? <Loaded button={trigger} {...props} /> : trigger
}
