import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/lib/utils'

type FilterBarSkeletonProps = {
  /** How many fields stand beside the search. */
  fields: number
}

/** What a list is narrowed down by, while the page is on its way. */
export function FilterBarSkeleton({ fields }: FilterBarSkeletonProps) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:flex sm:flex-wrap">
      <FieldSkeleton className="col-span-2 sm:min-w-60 sm:flex-1" />
      {Array.from({ length: fields }, (_, field) => field).map((field) => (
        <FieldSkeleton
          key={field}
          className={cn('sm:w-36', field === 2 && fields % 2 === 1 && 'max-sm:col-span-2')}
        />
      ))}
    </div>
  )
}

function FieldSkeleton({ className }: { className: string }) {
  return (
    <div className={cn('grid gap-1.5', className)}>
      <Skeleton className="h-3.5 w-12" />
      <Skeleton className="h-9" />
    </div>
  )
}
