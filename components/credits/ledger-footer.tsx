import type { LedgerPage } from '@/lib/account/read-ledger-page'
import { readFormat } from '@/lib/reader/read-reader'
import { PagingLink } from './ledger-paging'

type LedgerFooterProps = {
  page: LedgerPage
  /** The page this ledger is on, which takes `before`, `after` and `until` in its query. */
  pathname: string
  /** The filter in its query, which stays. */
  query: Record<string, string>
  /** Where the rows that were looked at end; nothing when they begin with the newest. */
  until: number | undefined
}

/** Which of how many entries are shown, and the ways to the others. */
export async function LedgerFooter({ page, pathname, query, until }: LedgerFooterProps) {
  const { formatCredits } = await readFormat()
  const { rows, total, skipped, earlier } = page
  const from = { ...query, ...(until && { until: String(until) }) }
  const to = (position: Record<string, string | number>) => ({ pathname, query: { ...from, ...position } })
  const newest = until ? { pathname, query } : null
  const next = earlier ? { pathname, query: { ...query, until: earlier } } : null
  const isLast = skipped + rows.length >= total
  const first = rows[0]
  const last = rows.at(-1)
  const newer = skipped > 0 && first ? to({ after: first.seq }) : newest
  const older = !isLast && last ? to({ before: last.seq }) : next
  const count = `${formatCredits(total)}${earlier ? '+' : ''}`
  const range = `${formatCredits(skipped + 1)}–${formatCredits(skipped + rows.length)}`
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-5 py-3">
      <p role="status" className="figures text-muted-foreground text-sm">
        {total === 0 ? 'Nothing found so far' : `${range} of ${count}${until ? ' earlier ones' : ''}`}
      </p>
      {(newer || older) && (
        <nav aria-label="Pages" className="flex gap-2">
          <PagingLink href={newer}>Newer</PagingLink>
          <PagingLink href={older}>Older</PagingLink>
        </nav>
      )}
    </div>
  )
}
