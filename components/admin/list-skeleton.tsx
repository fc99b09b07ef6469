import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { FilterBarSkeleton } from '@/components/layout/filter-bar-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'

type ListSkeletonProps = {
  heading: { title: string; description: string }
  /** How many fields stand beside the search. */
  fields: number
  /** Whether the heading has a button. */
  action?: boolean
}

/** A list of the admin area that is on its way: its heading, filter and rows. */
export function ListSkeleton({ heading, fields, action }: ListSkeletonProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...heading} action={action} />
      <FilterBarSkeleton fields={fields} />
      <Card className="gap-0 py-0">
        <TransactionsTableSkeleton rows={12} label="Loading list" />
      </Card>
    </div>
  )
}
