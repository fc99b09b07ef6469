'use client'

import { clsx } from 'clsx'
import { MenuSheet } from '@/components/layout/menu-sheet'
import { headerLinks } from './content'

const LINK = 'flex h-11 items-center rounded-md px-2.5 font-medium text-sm transition-colors hover:bg-accent'

/** The links of the header on small screens. */
export function SiteMenu() {
  return (
    <MenuSheet side="right" className="-mr-2 md:hidden">
      {(close) => (
        <nav aria-label="Main" className="grid gap-0.5">
          {headerLinks.map(({ href, label }) => (
            <a key={href} href={href} onClick={close} className={LINK}>
              {label}
            </a>
          ))}
          <a href="/login" className={clsx(LINK, 'signed-in:hidden')}>
            Sign in
          </a>
        </nav>
      )}
    </MenuSheet>
  )
}
