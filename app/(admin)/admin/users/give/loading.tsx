import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

export default function GiveLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-24" />
        <PageHeaderSkeleton {...HEADING} />
      </div>
      <Skeleton className="h-[30rem] rounded-xl sm:h-96" />
    </div>
  )
}
