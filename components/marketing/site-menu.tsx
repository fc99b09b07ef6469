'use client'

import Link from 'next/link'
import { MenuSheet } from '@/components/layout/menu-sheet'
import { headerLinks } from './content'

const LINK = 'flex h-11 items-center rounded-md px-2.5 font-medium text-sm transition-colors hover:bg-accent'

/** The links of the header on small screens. */
export function SiteMenu({ signedIn }: { signedIn: boolean }) {
  return (
    <MenuSheet side="right" className="-mr-2 md:hidden">
      {(close) => (
        <nav aria-label="Main" className="grid gap-0.5">
          {headerLinks.map(({ href, label }) => (
            <Link key={href} href={href} onClick={close} className={LINK}>
              {label}
            </Link>
          ))}
          {!signedIn && (
            <a href="/login" className={LINK}>
              Sign in
            </a>
          )}
        </nav>
      )}
    </MenuSheet>
  )
}
