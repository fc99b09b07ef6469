import { addInterval } from '../../dodopayments/subscriptions/interval.ts'
import { nowSeconds } from '../plain.ts'
import type { SubscriptionRecord } from '../sandbox.ts'
import type { PriceData } from '../shapes/price.ts'
import { toPlan } from '../shapes/price.ts'

type Interval = NonNullable<PriceData['recurring']>['interval']

/** When a period ends that starts at `start`, both in Unix seconds. */
export function periodEnd(start: number, interval: string | undefined, day?: number): number {
  const unit = interval === ('year' satisfies Interval) ? 'Year' : 'Month'
  return addInterval(new Date(start * 1000), 1, unit, day).getTime() / 1000
}

/** The item of a subscription: the sandbox sells one each. */
export function itemOf({ subscription }: Pick<SubscriptionRecord, 'subscription'>) {
  const [item] = subscription.items.data
  if (!item) throw new Error(`${subscription.id} has no item.`)
  return item
}

/** Moves the period on to `at`; no two periods of a subscription ever start in the same second. */
export function startPeriod(record: SubscriptionRecord, at = nowSeconds()): void {
  const item = itemOf(record)
  const start = Math.max(at, item.current_period_start + 1)
  if (start !== item.current_period_end) record.billingDay = new Date(start * 1000).getUTCDate()
  item.current_period_start = start
  item.current_period_end = periodEnd(start, item.price.recurring?.interval, record.billingDay)
}

/** Puts a subscription on another price, from now on. */
export function setPrice(record: SubscriptionRecord, price: ReturnType<typeof itemOf>['price']): void {
  Object.assign(itemOf(record), { price, plan: toPlan(price) })
}
