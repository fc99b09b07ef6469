import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const GROUPS = ['packages', 'plans']

export default function PackagesLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} action />
      {GROUPS.map((group) => (
        <Card key={group} className="gap-0 pb-0">
          <Skeleton className="mx-5 mb-4 h-5 w-40" />
          <TransactionsTableSkeleton rows={4} label={`Loading ${group}`} />
        </Card>
      ))}
    </div>
  )
}
