import type { ComponentProps, ReactNode } from 'react'
import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import type { LedgerPage } from '@/lib/account/list-transactions'

type PagingLinkProps = { href: ComponentProps<typeof AccountLink>['href'] | null; children: ReactNode }

/** To a page on one side of a list; a dead button where there is none. */
export function PagingLink({ href, children }: PagingLinkProps) {
  if (!href) {
    return (
      <Button variant="outline" size="sm" disabled>
        {children}
      </Button>
    )
  }
  return (
    <Button asChild variant="outline" size="sm">
      <AccountLink href={href}>{children}</AccountLink>
    </Button>
  )
}

type LedgerPagingProps = {
  page: LedgerPage
  /** The page this ledger is on, which takes `after` and `before` in its query. */
  pathname: string
  /** What else is in its query, and stays. */
  query?: Record<string, string>
}

/** Newer and older pages of a ledger, by the seq of the outermost rows; nothing when all of it is shown. */
export function LedgerPaging({ page: { rows, newer, older }, pathname, query }: LedgerPagingProps) {
  const first = rows[0]
  const last = rows.at(-1)
  if (!first || !last || !(newer || older)) return null
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-4 border-t px-5 py-3">
      <p className="figures text-muted-foreground text-sm">
        Rows {first.seq} to {last.seq}
      </p>
      <div className="flex gap-2">
        <PagingLink href={newer ? { pathname, query: { ...query, after: first.seq } } : null}>
          Newer
        </PagingLink>
        <PagingLink href={older ? { pathname, query: { ...query, before: last.seq } } : null}>
          Older
        </PagingLink>
      </div>
    </nav>
  )
}
