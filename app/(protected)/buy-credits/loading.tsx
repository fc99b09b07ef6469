import { PricingCardsSkeleton } from '@/components/billing/pricing-cards-skeleton'
import { Skeleton } from '@/components/ui/skeleton'

export default function BuyCreditsLoading() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <div className="grid gap-1">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="h-5 w-full max-w-prose" />
      </div>
      <PricingCardsSkeleton />
    </div>
  )
}
