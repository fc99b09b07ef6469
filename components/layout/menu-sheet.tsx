'use client'

import { MenuIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Logo } from '@/components/layout/logo'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'

type MenuSheetProps = {
  /** Where the button stands, and on which screens. */
  className: string
  side?: 'left' | 'right'
  /** The links; each that stays in this document calls `close`. */
  children: (close: () => void) => ReactNode
}

/** The navigation on small screens, behind a button. */
export function MenuSheet({ className, side, children }: MenuSheetProps) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" className={className} aria-label="Open menu">
          <MenuIcon aria-hidden />
        </Button>
      </SheetTrigger>
      <SheetContent side={side} className="w-72">
        <SheetTitle>
          <Logo />
        </SheetTitle>
        {children(() => setOpen(false))}
      </SheetContent>
    </Sheet>
  )
}
