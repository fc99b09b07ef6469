import { CloudOffIcon } from 'lucide-react'
import type { Route } from 'next'
import { openTools, type PaidTool } from '@/components/billing/good-for'
import { PlanCards } from '@/components/billing/plan-cards'
import { PricingCards } from '@/components/billing/pricing-cards'
import { PricingTabs } from '@/components/billing/pricing-tabs'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { findOffers, type Offer, type Plan } from '@/lib/catalog/packages'
import { everybody } from '@/lib/format'
import { PlanLink } from './plan-link'

/** What is for sale and what it is good for, the same for everybody; a visitor is led to sign up, a user to buy. */
export async function PricingSection({ tools }: { tools: readonly PaidTool[] }) {
  const offers = await findOffers()
  if (!offers || offers.packages.length + offers.plans.length === 0) {
    return (
      <EmptyState
        icon={CloudOffIcon}
        title={offers ? 'Nothing is for sale at the moment' : 'Prices cannot be shown right now'}
        description={
          offers
            ? 'Packages appear here as soon as they are on sale.'
            : 'They live in the database, which did not answer. Please reload the page in a moment.'
        }
        className="rounded-xl border border-dashed"
      />
    )
  }
  const credits = offers.packages.length > 0 && (
    <PricingCards
      format={everybody}
      packages={offers.packages}
      tools={openTools(null, tools)}
      renderAction={(offer) => (
        <>
          <Button asChild variant={offer.popular ? 'default' : 'outline'} className="signed-in:hidden">
            <a href={toSignup(offer)}>{`Get ${offer.name}`}</a>
          </Button>
          <Button asChild variant={offer.popular ? 'default' : 'outline'} className="signed-out:hidden">
            <a href={toCheckout(offer)}>{`Buy ${offer.name}`}</a>
          </Button>
        </>
      )}
    />
  )
  const plans = offers.plans.length > 0 && (
    <PlanCards
      format={everybody}
      plans={offers.plans}
      tools={tools}
      currentId={null}
      renderAction={(plan) => (
        <>
          <Button asChild variant={plan.popular ? 'default' : 'outline'} className="signed-in:hidden">
            <a href={toSignup(plan)} aria-label={`Subscribe: ${plan.name}`}>
              Subscribe
            </a>
          </Button>
          <PlanLink id={plan.id} name={plan.name} popular={plan.popular} href={toCheckout(plan)} />
        </>
      )}
    />
  )
  return <PricingTabs credits={credits || null} plans={plans || null} />
}

/** Where an offer is bought, marked as what was chosen. */
function toCheckout({ id }: Offer | Plan): Route {
  return `/buy-credits?package=${encodeURIComponent(id)}`
}

/** The same for a visitor, by way of the sign-up. */
function toSignup(offer: Offer | Plan): Route {
  return `/signup?next=${encodeURIComponent(toCheckout(offer))}`
}
