import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { LedgerPage } from '@/lib/account/list-transactions'

function PagingLink({ href, children }: { href: Route | null; children: ReactNode }) {
  if (!href) {
    return (
      <Button variant="outline" size="sm" disabled>
        {children}
      </Button>
    )
  }
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={href}>{children}</Link>
    </Button>
  )
}

/** Newer and older pages of the ledger, by the seq of the outermost rows; nothing when all of it is shown. */
export function LedgerPaging({ page: { rows, newer, older } }: { page: LedgerPage }) {
  const first = rows[0]
  const last = rows.at(-1)
  if (!first || !last || !(newer || older)) return null
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-4 border-t px-5 py-3">
      <p className="figures text-muted-foreground text-sm">
        Rows {first.seq} to {last.seq}
      </p>
      <div className="flex gap-2">
        <PagingLink href={newer ? `/transactions?after=${first.seq}` : null}>Newer</PagingLink>
        <PagingLink href={older ? `/transactions?before=${last.seq}` : null}>Older</PagingLink>
      </div>
    </nav>
  )
}
