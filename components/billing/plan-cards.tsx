import type { ReactNode } from 'react'
import type { Plan } from '@/lib/catalog/packages'
import type { Format } from '@/lib/format'
import { opensTools, type PaidTool } from './good-for'
import { OfferGroups } from './offer-groups'
import { creditsInWords, membershipInWords, trialInWords, unusedInWords } from './plan-text'
import { PricingCard } from './pricing-card'

type PlanCardsProps = {
  format: Format
  plans: readonly Plan[]
  /** What a membership may open. */
  tools: readonly PaidTool[]
  /** The plan of whoever looks; null for none, or for a visitor. */
  currentId: string | null
  /** What the reader chose before. */
  chosenId?: string
  renderAction: (plan: Plan) => ReactNode
}

/** The plans side by side: what is paid how often, and what every period brings. */
export function PlanCards({ format, plans, tools, currentId, chosenId, renderAction }: PlanCardsProps) {
  return (
    <OfferGroups
      offers={plans}
      renderOffer={(plan) => (
        <PricingCard
          name={plan.name}
          description={plan.description}
          mark={markOf(plan, currentId, chosenId)}
          price={format.formatMoney(plan.price, plan.currency)}
          per={plan.interval}
          amount={creditsInWords(format, plan)}
          note={noteOf(format, plan)}
          promises={promisesOf(plan, tools)}
          action={renderAction(plan)}
        />
      )}
    />
  )
}

function markOf(
  { id, popular }: Plan,
  currentId: string | null,
  chosenId: string | undefined,
): string | null {
  if (currentId !== null) return id === currentId ? 'Your plan' : null
  if (id === chosenId) return 'Your choice'
  return popular ? 'Popular' : null
}

function promisesOf(plan: Plan, tools: readonly PaidTool[]): string[] {
  const membership = membershipInWords(plan)
  const trial = trialInWords(plan)
  const opened = opensTools(plan.tier, tools)
  return [
    ...(trial ? [trial] : []),
    ...(membership ? [membership] : []),
    ...(opened ? [opened] : []),
    `Unused credits ${unusedInWords(plan)}`,
    'Cancel any time',
  ]
}

function noteOf(
  { formatMoney, formatUnitPrice }: Format,
  { price, credits, type, currency, interval }: Plan,
): string {
  const perCredit = `${formatUnitPrice(price, credits, currency)} per ${type.unit}`
  if (interval === 'month') return perCredit
  return `${perCredit}, ${formatMoney(Math.round(price / 12), currency)} a month`
}
