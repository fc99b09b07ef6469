import type { ReactNode } from 'react'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

type RecordSkeletonProps = {
  /** What stands in the wide column. */
  children: ReactNode
  /** What stands beside it; below or above it on small screens. */
  aside: ReactNode
}

/** The page of one payment, event or user that is on its way: the way back, its heading and two columns. */
export function RecordSkeleton({ children, aside }: RecordSkeletonProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-24" />
        <PageHeaderSkeleton />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 gap-6">{children}</div>
        <div className="grid grid-cols-1 gap-6">{aside}</div>
      </div>
    </div>
  )
}
