import { ArrowDownIcon } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { TableHead } from '@/components/ui/table'
import { withoutEmpty } from '@/lib/http/without-empty-parameters'
import { cn } from '@/lib/utils'

/** How a list is sorted now, and the address it is at. */
export type SortState = {
  pathname: Route
  /** The filter in its query, which stays. */
  query: Record<string, string | undefined>
  sort: string | undefined
}

type SortHeadProps = { by: string; state: SortState; className?: string; children: string }

/** The head of a column of numbers that a list can be sorted by, the highest first; once more for the newest first. */
export function SortHead({ by, state: { pathname, query, sort }, className, children }: SortHeadProps) {
  const sorted = sort === by
  return (
    <TableHead aria-sort={sorted ? 'descending' : undefined} className={cn('text-right', className)}>
      <Link
        href={{ pathname, query: withoutEmpty({ ...query, sort: sorted ? undefined : by }) }}
        className="touch-target inline-flex h-full items-center gap-1 hover:text-foreground"
      >
        <ArrowDownIcon aria-hidden className={cn('size-3.5', !sorted && 'invisible')} />
        <span>{children}</span>
      </Link>
    </TableHead>
  )
}
