import type { ReactNode } from 'react'
import type { Offer } from '@/lib/catalog/packages'
import type { Format } from '@/lib/format'
import { goodFor, mostRuns, type PaidTool, savingPercent } from './good-for'
import { OfferGroups } from './offer-groups'
import { PricingCard } from './pricing-card'

type PricingCardsProps = {
  format: Format
  packages: readonly Offer[]
  /** What credits can be spent on. */
  tools: readonly PaidTool[]
  /** What the reader has now, by credit type; for a visitor nothing is said of it. */
  balances?: ReadonlyMap<string, number>
  /** What the reader chose before. */
  chosenId?: string
  /** The button under each package: a checkout where one is signed in, a way in where not. */
  renderAction: (offer: Offer) => ReactNode
}

/** The packages side by side, each with what sets it apart: its credits, what one costs, and how far they go. */
export function PricingCards(props: PricingCardsProps) {
  const { format, packages, tools, balances, chosenId, renderAction } = props
  return (
    <div className="grid gap-4">
      <OfferGroups
        offers={packages}
        renderOffer={(offer) => (
          <PricingCard
            name={offer.name}
            description={offer.description}
            mark={markOf(offer, chosenId)}
            price={format.formatMoney(offer.price, offer.currency)}
            amount={format.countCredits(offer.credits, offer.type)}
            note={noteOf(format, offer, packages)}
            promises={promisesOf(format, offer, tools, balances)}
            action={renderAction(offer)}
          />
        )}
      />
      <p className="text-muted-foreground text-sm">
        Each is one payment and no subscription. The credits are in your balance as soon as it is paid.
      </p>
    </div>
  )
}

function markOf({ id, popular }: Offer, chosenId: string | undefined): string | null {
  if (id === chosenId) return 'Your choice'
  return popular ? 'Popular' : null
}

function noteOf({ formatUnitPrice }: Format, offer: Offer, offers: readonly Offer[]): string {
  const perCredit = `${formatUnitPrice(offer.price, offer.credits, offer.currency)} per ${offer.type.unit}`
  const saving = savingPercent(offer, offers)
  return saving === null ? perCredit : `${perCredit} · save ${saving}%`
}

function promisesOf(
  { formatCredits, countCredits }: Format,
  offer: Offer,
  tools: readonly PaidTool[],
  balances: ReadonlyMap<string, number> | undefined,
): string[] {
  const most = mostRuns(offer, tools)
  const balance = balances?.get(offer.type.id)
  const promises = [
    most && `Up to ${formatCredits(most.runs)} runs of ${most.name}`,
    goodFor(tools, offer.type.id),
    balance === undefined
      ? null
      : `Takes you from ${formatCredits(balance)} to ${countCredits(balance + offer.credits, offer.type)}`,
  ]
  return promises.filter((promise) => promise !== null)
}
