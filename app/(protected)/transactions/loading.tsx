import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { FilterBarSkeleton } from '@/components/layout/filter-bar-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

export default function TransactionsLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} action />
      <FilterBarSkeleton fields={2} />
      <Card className="gap-0 py-0">
        <div className="border-b px-5 py-3">
          <Skeleton className="h-7 w-96 max-w-full" />
        </div>
        <TransactionsTableSkeleton rows={10} />
      </Card>
    </div>
  )
}
