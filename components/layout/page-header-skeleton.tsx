import { Skeleton } from '@/components/ui/skeleton'

type PageHeaderSkeletonProps = {
  /** Whether a sentence stands below the title. */
  description?: boolean
  /** Whether a button stands at its end. */
  action?: boolean
}

/** The heading of a page that is on its way. */
export function PageHeaderSkeleton({ description = true, action = false }: PageHeaderSkeletonProps) {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between"
    >
      <div className="grid gap-1">
        <Skeleton className="h-8 w-44" />
        {description && <Skeleton className="h-5 w-72 max-w-full" />}
      </div>
      {action && <Skeleton className="h-9 w-32 shrink-0" />}
    </div>
  )
}
