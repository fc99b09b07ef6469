'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from '@/lib/utils'

const PAGES: readonly { href: Route; label: string }[] = [
  { href: '/admin', label: 'Overview' },
  { href: '/admin/users', label: 'Users' },
  // #region payments
  { href: '/admin/packages', label: 'Packages' },
  { href: '/admin/payments', label: 'Payments' },
  { href: '/admin/subscriptions', label: 'Subscriptions' },
  { href: '/admin/webhooks', label: 'Webhooks' },
  { href: '/admin/reconciliation', label: 'Reconciliation' },
  // #endregion
  { href: '/admin/tools', label: 'Tools' },
  { href: '/admin/audit', label: 'Audit' },
]

/** The pages of the admin area, with the current one marked; on small screens the row scrolls sideways. */
export function AdminNav() {
  const pathname = usePathname()
  const nav = useRef<HTMLElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another current page
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (!nav.current || !current) return
    nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.offsetWidth) / 2
  }, [pathname])

  return (
    <nav
      ref={nav}
      aria-label="Admin"
      className="-mx-4 sm:-mx-6 -mt-6 lg:-mt-8 mb-6 relative overflow-x-auto border-b px-4 sm:px-6 lg:mx-0 lg:mb-8 lg:px-0"
    >
      <ul className="-mx-2.5 flex w-max gap-1">
        {PAGES.map(({ href, label }) => {
          const current = pathname === href || (href !== '/admin' && pathname.startsWith(`${href}/`))
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={cn(
                  '-mb-px flex h-10 items-center border-transparent border-b-2 px-2.5 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground',
                  current && 'border-primary text-foreground',
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
