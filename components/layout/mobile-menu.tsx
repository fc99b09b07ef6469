'use client'

import { MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { Logo } from '@/components/layout/logo'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import type { NavGroup } from './nav-items'
import { NavLinks } from './nav-links'

/** The navigation on small screens, behind a button. */
export function MobileMenu({ groups }: { groups: readonly NavGroup[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" className="-ml-2 lg:hidden" aria-label="Open menu">
          <MenuIcon aria-hidden />
        </Button>
      </SheetTrigger>
      <SheetContent>
        <SheetTitle>
          <Logo />
        </SheetTitle>
        <NavLinks groups={groups} onNavigate={() => setOpen(false)} />
      </SheetContent>
    </Sheet>
  )
}
