'use client'

import { type ReactElement, type ReactNode, useState } from 'react'
import { Logo } from '@/components/layout/logo'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'

type MenuPanelProps = {
  button: ReactElement
  side?: 'left' | 'right' | undefined
  children: (close: () => void) => ReactNode
}

/** What `MenuSheet` opens. */
export function MenuPanel({ button, side, children }: MenuPanelProps) {
  const [open, setOpen] = useState(true)
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>{button}</SheetTrigger>
      <SheetContent side={side} className="w-72">
        <SheetTitle>
          <Logo />
        </SheetTitle>
        {children(() => setOpen(false))}
      </SheetContent>
    </Sheet>
  )
}
