import type { ReactNode } from 'react'
import type { Offer } from '@/lib/catalog/packages'
import { countCredits, formatMoney, formatUnitPrice } from '@/lib/format'
import { PricingCard } from './pricing-card'

type PricingCardsProps = {
  packages: readonly Offer[]
  /** The button under each package: a checkout where one is signed in, a way in where not. */
  renderAction: (offer: Offer) => ReactNode
}

const PROMISES = [
  'One payment, no subscription',
  'Good for every tool',
  'In your balance as soon as it is paid',
]

/** The packages side by side, with what a credit costs in each. */
export function PricingCards({ packages, renderAction }: PricingCardsProps) {
  return (
    <ul className="grid gap-4 md:grid-cols-3">
      {packages.map((offer) => (
        <li key={offer.id} className="flex">
          <PricingCard
            name={offer.name}
            description={offer.description}
            mark={offer.popular ? 'Popular' : null}
            price={formatMoney(offer.price, offer.currency)}
            amount={countCredits(offer.credits)}
            note={`${formatUnitPrice(offer.price, offer.credits, offer.currency)} per credit`}
            promises={PROMISES}
            action={renderAction(offer)}
          />
        </li>
      ))}
    </ul>
  )
}
