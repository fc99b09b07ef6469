import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

const STATS = ['balance', 'bought', 'used']

export default function DashboardLoading() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        {STATS.map((stat) => (
          <Card key={stat} className="gap-2 px-5 max-sm:first:col-span-2">
            <Skeleton className="h-5 w-20" />
            <Skeleton className="h-9 w-24" />
            <Skeleton className="h-5 w-36 max-w-full" />
          </Card>
        ))}
      </div>
      <Card>
        <Skeleton className="mx-5 h-5 w-24" />
        <Skeleton className="mx-5 h-30" />
      </Card>
      <Card className="gap-3 pb-1">
        <Skeleton className="mx-5 h-5 w-40" />
        <TransactionsTableSkeleton rows={5} />
      </Card>
    </div>
  )
}
