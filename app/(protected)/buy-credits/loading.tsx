import { PricingCardsSkeleton } from '@/components/billing/pricing-cards-skeleton'
import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { HEADING } from './heading'

export default function BuyCreditsLoading() {
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeaderSkeleton {...HEADING} />
      <PricingCardsSkeleton />
    </div>
  )
}
