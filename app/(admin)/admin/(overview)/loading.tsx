import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

export default function OverviewLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} />
      <Skeleton className="h-40 rounded-xl" />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Skeleton className="h-44 rounded-xl" />
        <Skeleton className="h-96 rounded-xl" />
      </div>
    </div>
  )
}
