import type { ReactNode } from 'react'
import type { Offer } from '@/lib/catalog/packages'
import type { Format } from '@/lib/format'
import { goodFor, type PaidTool } from './good-for'
import { OfferGroups } from './offer-groups'
import { PricingCard } from './pricing-card'

type PricingCardsProps = {
  format: Format
  packages: readonly Offer[]
  /** What credits can be spent on. */
  tools: readonly PaidTool[]
  /** The button under each package: a checkout where one is signed in, a way in where not. */
  renderAction: (offer: Offer) => ReactNode
}

/** The packages side by side, with what a credit costs in each. */
export function PricingCards({ format, packages, tools, renderAction }: PricingCardsProps) {
  const { countCredits, formatMoney, formatUnitPrice } = format
  return (
    <OfferGroups
      offers={packages}
      renderOffer={(offer) => (
        <PricingCard
          name={offer.name}
          description={offer.description}
          mark={offer.popular ? 'Popular' : null}
          price={formatMoney(offer.price, offer.currency)}
          amount={countCredits(offer.credits, offer.type)}
          note={`${formatUnitPrice(offer.price, offer.credits, offer.currency)} per ${offer.type.unit}`}
          promises={promisesOf(offer, tools)}
          action={renderAction(offer)}
        />
      )}
    />
  )
}

function promisesOf({ type }: Offer, tools: readonly PaidTool[]): string[] {
  const promises = [
    'One payment, no subscription',
    goodFor(tools, type.id),
    'In your balance as soon as it is paid',
  ]
  return promises.filter((promise) => promise !== null)
}
