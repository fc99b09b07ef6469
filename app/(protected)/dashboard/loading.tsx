import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const STATS = ['balance', 'used', 'next']
const TABLES = ['runs', 'transactions']

export default function DashboardLoading() {
  return (
    <div data-wide className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton {...HEADING} action />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        {STATS.map((stat) => (
          <Card key={stat} className="gap-2 px-5 max-sm:first:col-span-2">
            <Skeleton className="h-5 w-20" />
            <Skeleton className="h-8 w-24 sm:h-9" />
            <Skeleton className="h-5 w-36 max-w-full" />
          </Card>
        ))}
      </div>
      <Card>
        <div className="flex justify-between px-5">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-9 w-52" />
        </div>
        <Skeleton className="mx-5 h-56" />
      </Card>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        {TABLES.map((table) => (
          <Card key={table} className="gap-3 pb-1">
            <Skeleton className="mx-5 h-5 w-40" />
            <TransactionsTableSkeleton rows={5} label={`Loading ${table}`} />
          </Card>
        ))}
      </div>
    </div>
  )
}
