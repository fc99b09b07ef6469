import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { Page } from '@/lib/admin/keyset'
import { ListPaging } from './list-paging'

type ListCardProps = {
  page: Page<unknown>
  /** The page this list is on, which takes `after` and `before` in its query. */
  pathname: string
  /** The filter in its query, which stays from page to page. */
  query: Record<string, string | undefined>
  /** What stands there without a row: an icon, a few words, and what to do next. */
  emptyIcon: LucideIcon
  emptyTitle: string
  emptyDescription: string
  /** The table of the rows. */
  children: ReactNode
}

/** One page of a filtered list: its table, or why there is none, and the ways to newer and older pages. */
export function ListCard({
  page,
  pathname,
  query,
  emptyIcon,
  emptyTitle,
  emptyDescription,
  children,
}: ListCardProps) {
  return (
    <Card className="gap-0 py-0">
      <div>
        {page.rows.length > 0 ? (
          children
        ) : (
          <EmptyState icon={emptyIcon} title={emptyTitle} description={emptyDescription} />
        )}
      </div>
      <ListPaging page={page} pathname={pathname} query={query} />
    </Card>
  )
}
