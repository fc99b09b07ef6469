import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

/** The page of a tool that is on its way: its heading, the form and the place of the result. */
export function ToolPageSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardContent className="grid gap-5">
            <div className="grid gap-2">
              <Skeleton className="h-4 w-16" />
              <Skeleton className="h-64" />
            </div>
            <div className="grid gap-2">
              <Skeleton className="h-4 w-32" />
              <Skeleton className="h-9" />
            </div>
            <Skeleton className="h-9 w-full" />
          </CardContent>
        </Card>
        <Skeleton className="h-56 rounded-xl" />
      </div>
    </div>
  )
}
