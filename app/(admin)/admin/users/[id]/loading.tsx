import { RecordSkeleton } from '@/components/admin/record-skeleton'
import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

const FIGURES = ['balance', 'bought', 'used']

export default function UserLoading() {
  return (
    <RecordSkeleton
      aside={
        <>
          <Skeleton className="h-80 rounded-xl" />
          <Skeleton className="h-40 rounded-xl" />
          <Skeleton className="h-40 rounded-xl" />
        </>
      }
    >
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        {FIGURES.map((figure) => (
          <Skeleton key={figure} className="h-28 rounded-xl max-sm:first:col-span-2" />
        ))}
      </div>
      <Skeleton className="h-40 rounded-xl" />
      <Card className="gap-3 pb-0">
        <Skeleton className="mx-5 h-5 w-28" />
        <TransactionsTableSkeleton rows={8} />
      </Card>
    </RecordSkeleton>
  )
}
