import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const CARDS = ['revenue', 'mrr', 'subscribers', 'churn', 'refunds', 'disputes']

export default function BusinessLoading() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton {...HEADING} action />
      <Skeleton className="h-10 w-72 max-w-full" />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {CARDS.map((card) => (
          <Skeleton key={card} className="h-36" />
        ))}
      </div>
      <Skeleton className="h-80" />
    </div>
  )
}
