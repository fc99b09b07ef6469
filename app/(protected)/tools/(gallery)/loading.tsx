import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const CARDS = ['a', 'b', 'c', 'd', 'e', 'f']

export default function ToolsLoading() {
  return (
    <div role="status" aria-label="Loading tools" className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton {...HEADING} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {CARDS.map((card) => (
          <Skeleton key={card} className="h-40 rounded-xl" />
        ))}
      </div>
    </div>
  )
}
