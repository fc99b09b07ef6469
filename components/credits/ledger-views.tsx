import { DownloadIcon } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { LEDGER_VIEWS, type LedgerView } from '@/lib/account/ledger-view'
import { cn } from '@/lib/utils'

/** Which rows of the ledger the page shows, as links, and the same rows to take home. */
export function LedgerViews({ current }: { current: LedgerView }) {
  const types = LEDGER_VIEWS[current].types.join(',')
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 border-b px-5 py-3">
      <nav aria-label="Kinds of transactions" className="-mx-2.5 flex flex-wrap gap-1">
        {Object.entries(LEDGER_VIEWS).map(([view, { label }]) => (
          <Link
            key={view}
            href={{ pathname: '/transactions', query: view === 'all' ? {} : { show: view } }}
            aria-current={view === current ? 'true' : undefined}
            className={cn(
              'rounded-md px-2.5 py-1 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground',
              view === current && 'bg-accent text-foreground',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Button asChild variant="outline" size="sm">
        <a href={`/api/credits/transactions?format=csv${types && `&type=${types}`}`} download>
          <DownloadIcon aria-hidden />
          CSV
        </a>
      </Button>
    </div>
  )
}
