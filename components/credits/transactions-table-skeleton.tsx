import { Skeleton } from '@/components/ui/skeleton'

type TransactionsTableSkeletonProps = {
  /** As many as are expected. */
  rows: number
  label?: string
}

/** The table of transactions, or one like it, while the database answers. */
export function TransactionsTableSkeleton({
  rows,
  label = 'Loading transactions',
}: TransactionsTableSkeletonProps) {
  return (
    <div role="status" aria-label={label}>
      <div className="h-9 border-b" />
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-11 items-center gap-6 border-b px-5 last:border-0 max-sm:h-15">
          <Skeleton className="h-5 w-20 max-sm:hidden" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-4 w-32 max-md:hidden" />
          <Skeleton className="h-4 w-10" />
          <Skeleton className="h-4 w-12 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}
