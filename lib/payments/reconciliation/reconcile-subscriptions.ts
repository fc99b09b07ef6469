import 'server-only'
import type { SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { PaymentProvider, Period } from '@/lib/payments/provider'
import { rankOf, SUBSCRIPTION_RANKS } from '@/lib/payments/ranks'
import { isPeriodPaid } from '@/lib/payments/subscriptions/period-paid'
import type { Tables } from '@/lib/supabase/database.types'
import { DAY_MS } from '@/lib/time'
import { inBatches, readCustomers, readPeriods, readPlans, readSubscriptions } from './read-records'
import type { Found, ReconcileReport, Repair } from './report'

type Plans = Map<string | null, string>

const rank = (status: string) => rankOf(SUBSCRIPTION_RANKS, status)

/** Compares every subscription as it stands; one whose period began after the end of `period` is left to the next run. */
export async function compareSubscriptions(
  provider: PaymentProvider,
  period: Period,
  report: ReconcileReport,
): Promise<void> {
  const plans = await readPlans(provider.id)
  const subscriptions = provider.listSubscriptions()
  for await (const batch of inBatches(subscriptions, ({ subscription_id }) => subscription_id)) {
    report.checked.subscriptions += batch.length
    const settled = batch.filter(
      ({ status, period_start }) =>
        status !== 'pending' && Date.parse(period_start) <= period.until.getTime(),
    )
    await compareBatch(settled, { provider, period, plans, report })
  }
}

type Context = { provider: PaymentProvider; period: Period; plans: Plans; report: ReconcileReport }

async function compareBatch(
  batch: SubscriptionUpdate[],
  { provider, period, plans, report }: Context,
): Promise<void> {
  if (batch.length === 0) return
  const starts = batch.map(({ period_start }) => Date.parse(period_start))
  const [ours, customers] = await Promise.all([
    readSubscriptions(
      provider.id,
      batch.map(({ subscription_id }) => subscription_id),
    ),
    readCustomers(
      provider.id,
      batch.map(({ customer_id }) => customer_id),
    ),
  ])
  const ids = [...ours.values()].map(({ id }) => id)
  const periods = await readPeriods(ids, Math.min(...starts) - 1000, Math.max(...starts))
  const granted = new Set(
    periods.map(({ subscription_id, period_start }) => `${subscription_id} ${seconds(period_start)}`),
  )
  for (const theirs of batch) {
    const own = ours.get(theirs.subscription_id)
    if (!own && !customers.has(theirs.customer_id)) continue
    const found: Found = {
      kind: 'subscription',
      id: theirs.subscription_id,
      theirs: theirsInWords(theirs, plans),
      ours: own ? oursInWords(own) : null,
    }
    const differs = found.theirs !== found.ours
    const ungranted =
      !theirs.trial &&
      Date.parse(theirs.period_start) >= period.since.getTime() - DAY_MS &&
      !granted.has(`${own?.id} ${seconds(theirs.period_start)}`)
    if (!differs && !ungranted) continue
    const obstacle = differs ? findObstacle(theirs, own, plans) : null
    if (obstacle) report.note(found, obstacle)
    else await report.repair(found, () => repairSubscription(provider, { found, differs, plans }))
  }
}

/** Why what the provider says cannot be taken over, as a sentence. */
function findObstacle(
  theirs: SubscriptionUpdate,
  own: Tables<'subscriptions'> | undefined,
  plans: Plans,
): string | null {
  if (!plans.has(theirs.product_id)) {
    return `No plan of ours is the product ${theirs.product_id}. Give a plan this product, or move the subscription to one that is sold here.`
  }
  if (own && rank(own.status) > rank(theirs.status)) {
    return 'Here it is over, and that is for good. If it lives at the payment provider, cancel it there; the user can subscribe anew.'
  }
  return null
}

type Repaired = { found: Found; differs: boolean; plans: Plans }

/** Asks for it once more, since the list may be minutes old, and applies it. `found` then says what was applied. */
async function repairSubscription(
  provider: PaymentProvider,
  { found, differs, plans }: Repaired,
): Promise<Repair> {
  const event = await provider.findSubscription(found.id)
  found.theirs = theirsInWords(event, plans)
  const paid = await isPeriodPaid(provider, event)
  // Only its period has no grant, and nobody paid for it: free of charge, or not charged yet.
  if (!differs && !paid) return 'settled'
  const { replayed, review } = await recordEvent(provider, 'reconciliation', { ...event, paid })
  // A period in review is named at the end: the charge that paid for it may turn up until then.
  if (!replayed && (differs || !review)) return 'repaired'
  return differs ? { note: 'A newer delivery came in between; the next run compares it again.' } : 'settled'
}

type Words = {
  status: string
  plan: string
  start: string | null
  end: string | null
  ends: boolean
  next: string | null
  trial: boolean
}

/** All that is compared, as a person reads it. */
function inWords({ status, plan, start, end, ends, next, trial }: Words): string {
  const time = (timestamp: string | null) =>
    timestamp ? new Date(seconds(timestamp) * 1000).toISOString().slice(0, 19) : 'unknown'
  return [
    trial ? `${status} (trial)` : status,
    plan,
    `${time(start)} to ${time(end)}`,
    ...(ends ? ['ends then'] : []),
    ...(next ? [`then ${next}`] : []),
  ].join(', ')
}

const theirsInWords = (theirs: SubscriptionUpdate, plans: Plans) =>
  inWords({
    status: theirs.status,
    plan: plans.get(theirs.product_id) ?? theirs.product_id,
    start: theirs.period_start,
    end: theirs.period_end,
    ends: theirs.cancel_at_period_end,
    next: plans.get(theirs.scheduled_product_id) ?? null,
    trial: theirs.trial,
  })

const oursInWords = (ours: Tables<'subscriptions'>) =>
  inWords({
    status: ours.status,
    plan: ours.package_id,
    start: ours.current_period_start,
    end: ours.current_period_end,
    ends: ours.cancel_at_period_end,
    next: ours.scheduled_package_id,
    trial: ours.trial,
  })

/** Periods are kept to the second. */
const seconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000)
