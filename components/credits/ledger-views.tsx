import { DownloadIcon } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { LEDGER_VIEWS, type LedgerView } from '@/lib/account/ledger-view'
import { cn } from '@/lib/utils'

/** Which rows of the ledger the page shows, as links. */
export function LedgerViews({ current }: { current: LedgerView }) {
  return (
    <nav aria-label="Kinds of transactions" className="flex flex-wrap gap-1 border-b px-2.5 py-3">
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
  )
}

/** The shown rows of the ledger, all of them, for a spreadsheet. */
export function LedgerDownload({ view }: { view: LedgerView }) {
  const types = LEDGER_VIEWS[view].types.join(',')
  return (
    <Button asChild variant="outline">
      <a href={`/api/credits/transactions?format=csv${types && `&type=${types}`}`} download>
        <DownloadIcon aria-hidden />
        Download CSV
      </a>
    </Button>
  )
}
