import { CloudOffIcon } from 'lucide-react'
import type { Route } from 'next'
import { unstable_rethrow } from 'next/navigation'
import type { PaidTool } from '@/components/billing/good-for'
import { PlanCards } from '@/components/billing/plan-cards'
import { PricingCards } from '@/components/billing/pricing-cards'
import { PricingTabs } from '@/components/billing/pricing-tabs'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type CurrentUser, getCurrentUser } from '@/lib/auth/session'
import { findOffers, type Offer, type Plan } from '@/lib/catalog/packages'
import { everybody } from '@/lib/format'
import { logger } from '@/lib/logger'
import { readPlanId } from '@/lib/payments/subscriptions/read-plan'

/** What is for sale and what it is good for, straight from the table; a visitor is led to sign up, a user to buy. */
export async function PricingSection({ tools }: { tools: readonly PaidTool[] }) {
  const [offers, user] = await Promise.all([findOffers(), getCurrentUser()])
  const currentId = user && (await findPlanId(user))
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
      tools={tools}
      renderAction={(offer) => (
        <Button asChild variant={offer.popular ? 'default' : 'outline'}>
          <a href={toCheckout(offer, user !== null)}>{user ? `Buy ${offer.name}` : `Get ${offer.name}`}</a>
        </Button>
      )}
    />
  )
  const plans = offers.plans.length > 0 && (
    <PlanCards
      format={everybody}
      plans={offers.plans}
      currentId={currentId}
      renderAction={(plan) => {
        const { href, label } = planLink(plan, { signedIn: user !== null, currentId })
        return (
          <Button asChild variant={plan.popular && !currentId ? 'default' : 'outline'}>
            <a href={href} aria-label={`${label}: ${plan.name}`}>
              {label}
            </a>
          </Button>
        )
      }}
    />
  )
  return <PricingTabs credits={credits || null} plans={plans || null} />
}

/** Prices are worth showing even when it cannot be told which plan somebody has. */
async function findPlanId({ id }: CurrentUser): Promise<string | null> {
  try {
    return await readPlanId(id)
  } catch (error) {
    unstable_rethrow(error)
    logger.error('the plan could not be read', { error })
    return null
  }
}

type Viewer = { signedIn: boolean; currentId: string | null }

function planLink(plan: Plan, { signedIn, currentId }: Viewer): { href: Route; label: string } {
  if (!currentId) return { href: toCheckout(plan, signedIn), label: 'Subscribe' }
  return { href: '/billing', label: plan.id === currentId ? 'Current plan' : 'Change plan' }
}

/** Where an offer is bought, marked as what was chosen; for a visitor by way of the sign-up. */
function toCheckout({ id }: Offer | Plan, signedIn: boolean): Route {
  const page = `/buy-credits?package=${encodeURIComponent(id)}` as const
  return signedIn ? page : `/signup?next=${encodeURIComponent(page)}`
}
