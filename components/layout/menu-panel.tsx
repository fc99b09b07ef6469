'use client'

import type { ReactNode } from 'react'
import { Logo } from '@/components/layout/logo'
import { Sheet, SheetContent, SheetTitle } from '@/components/ui/sheet'

type MenuPanelProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  side?: 'left' | 'right'
  /** Takes the focus back. */
  onClosed: () => void
  children: ReactNode
}

/** What `MenuSheet` opens. */
export function MenuPanel({ open, onOpenChange, side, onClosed, children }: MenuPanelProps) {
  function restoreFocus(event: Event) {
    event.preventDefault()
    onClosed()
  }
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side={side} className="w-72" onCloseAutoFocus={restoreFocus}>
        <SheetTitle>
          <Logo />
        </SheetTitle>
        {children}
      </SheetContent>
    </Sheet>
  )
}
