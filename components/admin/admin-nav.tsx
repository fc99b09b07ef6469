'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/lib/utils'

const PAGES: readonly { href: Route; label: string }[] = [
  { href: '/admin', label: 'Overview' },
  { href: '/admin/users', label: 'Users' },
  { href: '/admin/payments', label: 'Payments' },
  { href: '/admin/subscriptions', label: 'Subscriptions' },
  { href: '/admin/webhooks', label: 'Webhooks' },
  { href: '/admin/reconciliation', label: 'Reconciliation' },
  { href: '/admin/audit', label: 'Audit' },
]

/** The pages of the admin area, with the current one marked; on small screens the row scrolls sideways. */
export function AdminNav() {
  const pathname = usePathname()
  return (
    <nav
      aria-label="Admin"
      className="-mx-4 mb-8 overflow-x-auto border-b px-4 sm:-mx-6 sm:px-6 lg:mx-0 lg:px-0"
    >
      <ul className="-ml-2.5 flex gap-1">
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
