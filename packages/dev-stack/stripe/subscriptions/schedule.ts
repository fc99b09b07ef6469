import { refuse } from '../errors.ts'
import { nowSeconds } from '../plain.ts'
import type { Schedule, StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { newPhase, newSchedule } from '../shapes/schedule.ts'
import { emitSubscription } from './emit.ts'
import { itemOf, periodEnd, setPrice } from './period.ts'

type Subscription = SubscriptionRecord['subscription']

/** A schedule of a subscription, of its current period. @throws SandboxError when it has one */
export function createSchedule(sandbox: StripeSandbox, record: SubscriptionRecord): Schedule {
  const { subscription } = record
  if (subscription.schedule || subscription.status !== 'active') {
    throw refuse(400, 'subscription_managed', 'This subscription has a schedule, or is not active.')
  }
  const item = itemOf(record)
  const schedule = newSchedule(subscription, {
    price: item.price.id,
    currency: subscription.currency,
    start: item.current_period_start,
    end: item.current_period_end,
  })
  sandbox.store.state.schedules[schedule.id] = schedule
  subscription.schedule = schedule.id
  emitSubscription(sandbox, subscription, 'updated')
  return schedule
}

/** What follows the current phase: the plan at another price, for one period. */
export function setNextPhase(sandbox: StripeSandbox, schedule: Schedule, priceId: string): void {
  const { state } = sandbox.store
  const [current] = schedule.phases
  const price = state.prices[priceId]
  const record = state.subscriptions[String(schedule.subscription)]
  if (!current || !price || !record) throw refuse(400, 'invalid_phase', 'This phase cannot follow.')
  const next = newPhase({
    price: price.id,
    currency: price.currency,
    start: current.end_date,
    end: periodEnd(current.end_date, price.recurring?.interval),
  })
  schedule.phases = [current, next]
  emitSubscription(sandbox, record.subscription, 'updated')
}

/** Lets a subscription go on by itself. */
export function releaseSchedule({ store }: StripeSandbox, subscription: Subscription): void {
  const schedule = store.state.schedules[String(subscription.schedule)]
  if (!schedule) return
  Object.assign(schedule, {
    status: 'released',
    released_at: nowSeconds(),
    released_subscription: subscription.id,
    subscription: null,
    current_phase: null,
  })
  subscription.schedule = null
}

/** Takes the price that was scheduled for the next period, if there is one. */
export function enterNextPhase(sandbox: StripeSandbox, record: SubscriptionRecord): void {
  const { state } = sandbox.store
  const schedule = state.schedules[String(record.subscription.schedule)]
  const price = state.prices[String(schedule?.phases[1]?.items[0]?.price)]
  if (price) setPrice(record, price)
  releaseSchedule(sandbox, record.subscription)
}
