import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const REPORTS = ['first', 'second', 'third', 'fourth', 'fifth']

export default function ReconciliationLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} />
      <Card>
        <CardContent>
          <Skeleton className="h-4 w-14" />
          <Skeleton className="mt-2 h-9 w-80 max-w-full" />
        </CardContent>
      </Card>
      {REPORTS.map((report) => (
        <Skeleton key={report} className="h-24 rounded-xl" />
      ))}
    </div>
  )
}
