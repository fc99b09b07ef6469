'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/lib/utils'
import type { NavItem } from './nav-items'

type NavLinksProps = {
  items: readonly NavItem[]
  /** Called when a link is followed: the small-screen menu closes itself. */
  onNavigate?: () => void
}

/** The pages of the app, with the current one marked. */
export function NavLinks({ items, onNavigate }: NavLinksProps) {
  const pathname = usePathname()
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      {items.map(({ href, label, icon }) => {
        const current = pathname === href || pathname.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            onClick={onNavigate}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground [&_svg]:size-4',
              current && 'bg-accent text-foreground [&_svg]:text-primary',
            )}
          >
            {icon}
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
