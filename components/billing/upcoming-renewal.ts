import type { Upcoming } from '@/components/credits/upcoming'
import type { Format } from '@/lib/format'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'

type Renewing = Pick<CurrentPlan, 'status' | 'trial' | 'periodEnd' | 'ending'> & {
  plan: Renewed
  next: Renewed | null
}
type Renewed = Pick<CurrentPlan['plan'], 'name' | 'price' | 'currency' | 'credits' | 'type'>

/** What a plan does next to the wallet of a credit type; null when it fills another one, or rests. */
export function upcomingRenewal(
  { countCredits, formatMoney }: Format,
  current: Renewing | null,
  creditType: string,
): Upcoming | null {
  if (!current?.periodEnd || current.plan.type.id !== creditType) return null
  const { status, trial, ending, plan, next, periodEnd: at } = current
  if (ending) return { label: 'Plan ends', at, note: `${plan.name}, which does not renew` }
  if (status === 'on_hold' || status === 'paused') return null
  const due = next ?? plan
  const note = `${countCredits(due.credits, due.type)} for ${formatMoney(due.price, due.currency)}`
  if (next) return { label: `Changes to ${next.name}`, at, note }
  return { label: trial ? 'First payment' : 'Next renewal', at, note }
}
