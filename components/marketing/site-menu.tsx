'use client'

import { MenuIcon } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Logo } from '@/components/layout/logo'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import { headerLinks } from './content'

const LINK = 'flex h-11 items-center rounded-md px-2.5 font-medium text-sm transition-colors hover:bg-accent'

/** The links of the header on small screens, behind a button. */
export function SiteMenu({ signedIn }: { signedIn: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" className="-mr-2 md:hidden" aria-label="Open menu">
          <MenuIcon aria-hidden />
        </Button>
      </SheetTrigger>
      <SheetContent side="right" className="w-72">
        <SheetTitle>
          <Logo />
        </SheetTitle>
        <nav aria-label="Main" className="grid gap-0.5">
          {headerLinks.map(({ href, label }) => (
            <Link key={href} href={href} onClick={() => setOpen(false)} className={LINK}>
              {label}
            </Link>
          ))}
          {!signedIn && (
            <a href="/login" className={LINK}>
              Sign in
            </a>
          )}
        </nav>
      </SheetContent>
    </Sheet>
  )
}
