import { Skeleton } from '@/components/ui/skeleton'

/** The transactions table while the database answers; `rows` as many as are expected. */
export function TransactionsTableSkeleton({ rows }: { rows: number }) {
  return (
    <div role="status" aria-label="Loading transactions">
      <div className="h-9 border-b" />
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-11 items-center gap-6 border-b px-5 last:border-0">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-4 flex-1 max-sm:invisible" />
          <Skeleton className="h-4 w-32 max-md:hidden" />
          <Skeleton className="h-4 w-10" />
          <Skeleton className="h-4 w-12" />
        </div>
      ))}
    </div>
  )
}
