import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

export default function PaymentSuccessLoading() {
  return (
    <Card role="status" aria-label="Loading" className="mx-auto w-full max-w-lg gap-6 p-6 sm:p-8">
      <Skeleton className="size-8 rounded-full" />
      <div className="grid gap-2">
        <Skeleton className="h-8 w-56 max-w-full" />
        <Skeleton className="h-6 w-full" />
      </div>
      <Skeleton className="h-32 rounded-lg" />
      <Skeleton className="h-9 w-40" />
    </Card>
  )
}
