'use client'

import { MenuIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'
import { OnDemand } from '@/components/ui/on-demand'

const loadPanel = () => import('./menu-panel').then((module) => module.MenuPanel)

type MenuSheetProps = {
  /** Where the button stands, and on which screens. */
  className: string
  side?: 'left' | 'right'
  /** The links; each that stays in this document calls `close`. */
  children: (close: () => void) => ReactNode
}

/** The navigation on small screens, behind a button. What it opens is loaded when somebody is about to. */
export function MenuSheet({ className, ...props }: MenuSheetProps) {
  const button = (
    <button
      type="button"
      className={buttonVariants({ variant: 'ghost', size: 'icon', className })}
      aria-label="Open menu"
    >
      <MenuIcon aria-hidden />
    </button>
  )
  return <OnDemand kind="dialog" load={loadPanel} button={button} props={props} />
}
