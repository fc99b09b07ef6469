import { RecordSkeleton } from '@/components/admin/record-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

export default function PaymentLoading() {
  return (
    <RecordSkeleton aside={<Skeleton className="h-44 rounded-xl" />}>
      <Skeleton className="h-96 rounded-xl" />
      <Skeleton className="h-40 rounded-xl" />
      <Skeleton className="h-40 rounded-xl" />
    </RecordSkeleton>
  )
}
