import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/page-header-skeleton'
import { Card } from '@/components/ui/card'

export default function TransactionsLoading() {
  return (
    <div className="grid gap-6">
      <PageHeaderSkeleton />
      <Card className="gap-0 py-0">
        <TransactionsTableSkeleton rows={10} />
      </Card>
    </div>
  )
}
