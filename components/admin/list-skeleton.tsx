import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

/** A list of the admin area that is on its way: its heading, filter and rows. */
export function ListSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton />
      <Skeleton className="h-14" />
      <Skeleton className="h-[36rem] rounded-xl" />
    </div>
  )
}
