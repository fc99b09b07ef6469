import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

export default function RunLoading() {
  return (
    <div role="status" aria-label="Loading run" className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton action />
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-64 rounded-xl" />
    </div>
  )
}
