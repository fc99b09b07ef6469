import { DownloadIcon } from 'lucide-react'
import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import { LEDGER_VIEWS, type LedgerView } from '@/lib/account/ledger-view'
import { cn } from '@/lib/utils'

type LedgerViewsProps = {
  current: LedgerView
  /** What else is in the query of the page, and stays. */
  query: Record<string, string>
}

/** Which rows of the ledger the page shows, as links. */
export function LedgerViews({ current, query }: LedgerViewsProps) {
  return (
    <nav aria-label="Kinds of transactions" className="flex flex-wrap gap-1 border-b px-2.5 py-3">
      {Object.entries(LEDGER_VIEWS).map(([view, { label }]) => (
        <AccountLink
          key={view}
          href={{ pathname: '/transactions', query: view === 'all' ? query : { ...query, show: view } }}
          aria-current={view === current ? 'true' : undefined}
          className={cn(
            'flex items-center justify-center rounded-md pointer-coarse:min-w-11 px-2.5 py-1 pointer-coarse:min-h-11 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground',
            view === current && 'bg-accent text-foreground',
          )}
        >
          {label}
        </AccountLink>
      ))}
    </nav>
  )
}

/** The rows of a filter, all of them, for a spreadsheet. `path` is where they are had. */
export function LedgerDownload({ path }: { path: string }) {
  return (
    <Button asChild variant="outline">
      <a href={path} download>
        <DownloadIcon aria-hidden />
        Download CSV
      </a>
    </Button>
  )
}
