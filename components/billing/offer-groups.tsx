import type { ReactNode } from 'react'
import { WalletMark } from '@/components/credits/wallet-mark'
import type { Offer } from '@/lib/catalog/packages'

type OfferGroupsProps<Sold extends Offer> = {
  offers: readonly Sold[]
  renderOffer: (offer: Sold) => ReactNode
}

/** What is for sale side by side: under the name of the wallet that it fills, where there are several. */
export function OfferGroups<Sold extends Offer>({ offers, renderOffer }: OfferGroupsProps<Sold>) {
  const types = new Map(offers.map(({ type }) => [type.id, type]))
  if (types.size < 2) return <Cards offers={offers} renderOffer={renderOffer} />
  return (
    <div className="grid gap-8">
      {[...types.values()].map((type) => (
        <section key={type.id} aria-labelledby={`offers-${type.id}`} className="grid gap-3">
          <h2
            id={`offers-${type.id}`}
            className="flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight"
          >
            <WalletMark color={type.color} />
            <span>{type.name}</span>
          </h2>
          <Cards offers={offers.filter((offer) => offer.type.id === type.id)} renderOffer={renderOffer} />
        </section>
      ))}
    </div>
  )
}

function Cards<Sold extends Offer>({ offers, renderOffer }: OfferGroupsProps<Sold>) {
  return (
    <ul className="grid gap-4 md:grid-cols-3">
      {offers.map((offer) => (
        <li key={offer.id} className="flex">
          {renderOffer(offer)}
        </li>
      ))}
    </ul>
  )
}
