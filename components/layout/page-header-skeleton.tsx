import { Skeleton } from '@/components/ui/skeleton'

/** The heading of a page that is on its way. */
export function PageHeaderSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-1">
      <Skeleton className="h-8 w-44" />
      <Skeleton className="h-5 w-72 max-w-full" />
    </div>
  )
}
