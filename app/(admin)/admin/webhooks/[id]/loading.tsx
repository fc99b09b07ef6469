import { RecordSkeleton } from '@/components/admin/record-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

export default function EventLoading() {
  return (
    <RecordSkeleton aside={<Skeleton className="h-32 rounded-xl" />}>
      <Skeleton className="h-64 rounded-xl" />
      <Skeleton className="h-96 rounded-xl" />
    </RecordSkeleton>
  )
}
