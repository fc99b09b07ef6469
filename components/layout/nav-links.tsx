'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useId } from 'react'
import { cn } from '@/lib/utils'
import type { NavArea, NavGroup, NavItem } from './nav-items'

type Following = {
  /** Called when a link is followed: the small-screen menu closes itself. */
  onNavigate?: () => void
}

/** The pages of an area, with the current one marked. */
export function NavLinks({ area: { name, groups }, onNavigate }: { area: NavArea } & Following) {
  return (
    <nav aria-label={name} className="grid gap-5">
      {groups.map((group) => (
        <NavSection key={group.label ?? ''} group={group} onNavigate={onNavigate} />
      ))}
    </nav>
  )
}

function NavSection({ group: { label, items }, onNavigate }: { group: NavGroup } & Following) {
  const labelId = useId()
  return (
    <div className="grid gap-1">
      {label && (
        <p id={labelId} className="px-2.5 font-medium text-muted-foreground text-xs">
          {label}
        </p>
      )}
      <ul aria-labelledby={label ? labelId : undefined} className="grid gap-0.5">
        {items.map((item) => (
          <li key={item.href}>
            <NavLink item={item} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function NavLink({ item: { href, label, icon, exact }, onNavigate }: { item: NavItem } & Following) {
  const pathname = usePathname()
  const current = pathname === href || (!exact && pathname.startsWith(`${href}/`))
  return (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground pointer-coarse:h-11 [&_svg]:size-4',
        current && 'bg-accent text-foreground [&_svg]:text-primary',
      )}
    >
      {icon}
      {label}
    </Link>
  )
}
