import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

export default function AdminLoading() {
  return (
    <div className="grid gap-6">
      <PageHeaderSkeleton />
      <Skeleton className="h-9 w-full max-w-md" />
      <Card className="gap-0 py-0">
        <TransactionsTableSkeleton rows={10} />
      </Card>
    </div>
  )
}
