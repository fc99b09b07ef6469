import type { Format } from '@/lib/format'
import { type MembershipTier, TIER_NAMES } from '@/lib/tiers'

type Priced = { id: string; name: string; price: number; currency: string; interval: 'month' | 'year' }

/** As much of somebody's plan as decides how it stands. */
type PlanState = {
  plan: Priced
  status: 'active' | 'past_due' | 'on_hold' | 'paused'
  trial: boolean
  periodEnd: string | null
  ending: boolean
  next: Priced | null
}

/** How a plan stands, in a few words and in a sentence; `calm` is as it should be. */
export type PlanStatus = { label: string; tone: 'calm' | 'warning' | 'broken'; sentence: string }

/** `$29.00 a month`. */
export function priceInWords({ formatMoney }: Format, { price, currency, interval }: Priced): string {
  return `${formatMoney(price, currency)} a ${interval}`
}

/** What a person is told about their plan: how it stands and what comes next. */
export function describePlan(format: Format, state: PlanState): PlanStatus {
  const { status, ending, trial, periodEnd } = state
  const end = periodEnd && format.formatDate(periodEnd)
  if (ending) {
    return {
      label: end ? `Ends on ${end}` : 'Ending',
      tone: 'warning',
      sentence: `Nothing more will be charged. Everything stays as it is ${end ? `until ${end}` : 'until then'}.`,
    }
  }
  switch (status) {
    case 'past_due':
      return {
        label: 'Payment failed, retrying',
        tone: 'broken',
        sentence:
          'The renewal could not be charged and will be tried again. Your membership stays meanwhile; a new card settles it at once.',
      }
    case 'on_hold':
      return {
        label: 'On hold',
        tone: 'broken',
        sentence:
          'The renewal could not be charged, so there are no new credits and no membership for now. A new card pays it and brings the plan back.',
      }
    case 'paused':
      return {
        label: 'Paused',
        tone: 'warning',
        sentence:
          'While the plan is paused nothing is charged, and there are no new credits and no membership.',
      }
    case 'active':
      if (trial) {
        return {
          label: end ? `Trial until ${end}` : 'Trial',
          tone: 'calm',
          sentence: `You have the membership already. The credits come with the first payment${end ? ` on ${end}` : ''}.`,
        }
      }
      return { label: 'Active', tone: 'calm', sentence: whatComesNext(format, state) }
  }
}

/** The membership somebody has by their plan as it stands; null for a plan without one. */
export function describeMembership(
  { status }: Pick<PlanState, 'status'>,
  tier: MembershipTier | null,
): string | null {
  if (tier === null) return null
  if (status === 'on_hold') return `None for now, ${TIER_NAMES[tier]} once it is paid`
  return status === 'paused' ? `None while it is paused, then ${TIER_NAMES[tier]}` : TIER_NAMES[tier]
}

/** What cancelling a plan means, before it is done. */
export function describeCancellation(
  { formatDate }: Format,
  { status, trial, periodEnd }: PlanState,
  unusedCredits: 'roll_over' | 'expire',
): string {
  const until = periodEnd ? `until ${formatDate(periodEnd)}` : 'until its period ends'
  if (status === 'on_hold')
    return 'Nothing more will be charged, and the plan is over. The credits you have stay yours.'
  if (trial) return `Nothing will be charged. You have the membership ${until}.`
  const credits =
    unusedCredits === 'roll_over'
      ? 'Your credits stay yours after that.'
      : 'What is left of its credits expires then.'
  return `Nothing more will be charged. Everything stays as it is ${until}. ${credits}`
}

/** What becomes of a plan that began while another one was live. */
export function describeSurplus({ ended }: { ended: boolean }): string {
  return ended
    ? 'It has ended and does not renew. What it cost is on its way back to you, and its credits are taken back with it. There is nothing to do.'
    : 'It is being ended now, and what it cost goes back to you. There is nothing to do.'
}

function whatComesNext(format: Format, { plan, next, periodEnd }: PlanState): string {
  const due = next ?? plan
  const on = periodEnd ? `on ${format.formatDate(periodEnd)}` : 'when this period ends'
  const price = format.formatMoney(due.price, due.currency)
  if (next) return `Changes to ${next.name} ${on}, for ${priceInWords(format, next)}.`
  return `Renews ${on} for ${price}.`
}
