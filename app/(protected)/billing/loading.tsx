import { TransactionsTableSkeleton } from '@/components/credits/transactions-table-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

export default function BillingLoading() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton {...HEADING} />
      <Card>
        <CardContent className="grid gap-2">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-5 w-72 max-w-full" />
        </CardContent>
        <CardContent className="border-t pt-5">
          <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {['price', 'credits', 'unused', 'membership'].map((row) => (
              <div key={row} className="grid gap-1">
                <Skeleton className="h-4 w-20" />
                <Skeleton className="h-5 w-56 max-w-full" />
              </div>
            ))}
          </div>
        </CardContent>
        <CardFooter className="border-t pt-5">
          <Skeleton className="h-9 w-28" />
          <Skeleton className="h-9 w-44" />
        </CardFooter>
      </Card>
      <Card className="gap-0 py-0">
        <div className="flex h-14 items-center border-b px-5">
          <Skeleton className="h-5 w-24" />
        </div>
        <TransactionsTableSkeleton rows={5} />
      </Card>
    </div>
  )
}
