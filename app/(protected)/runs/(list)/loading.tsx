import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { HEADING } from './heading'

export default function RunsLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} />
      <Card className="gap-0 py-0">
        <TransactionsTableSkeleton rows={10} label="Loading runs" />
      </Card>
    </div>
  )
}
