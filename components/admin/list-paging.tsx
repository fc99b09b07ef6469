import { PagingLink } from '@/components/credits/ledger-paging'
import type { Page } from '@/lib/admin/keyset'

type ListPagingProps = {
  page: Pick<Page<unknown>, 'newer' | 'older'>
  /** The page this list is on, which takes `after` and `before` in its query. */
  pathname: string
  /** The filter in its query, which stays. */
  query?: Record<string, string | undefined>
}

/** Newer and older pages of a list; nothing when all of it is shown. */
export function ListPaging({ page: { newer, older }, pathname, query }: ListPagingProps) {
  if (!newer && !older) return null
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 border-t px-5 py-3">
      <PagingLink href={newer ? { pathname, query: { ...query, after: newer } } : null}>Newer</PagingLink>
      <PagingLink href={older ? { pathname, query: { ...query, before: older } } : null}>Older</PagingLink>
    </nav>
  )
}
