import type { RunRow } from '@/lib/account/list-runs'
import type { Page } from '@/lib/account/read-page'
import { PagingLink } from './ledger-paging'

/** Newer and older runs; nothing when all of them are shown. */
export function RunsPaging({ page: { rows, newer, older } }: { page: Page<RunRow> }) {
  const first = rows[0]
  const last = rows.at(-1)
  if (!first || !last || !(newer || older)) return null
  const pathname = '/runs'
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t px-5 py-3">
      <PagingLink href={newer ? { pathname, query: { after: first.id } } : null}>Newer</PagingLink>
      <PagingLink href={older ? { pathname, query: { before: last.id } } : null}>Older</PagingLink>
    </nav>
  )
}
