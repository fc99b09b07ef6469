import { DAY_MS } from '../time.ts'
import type { DodoPayments } from '../types.ts'

/** The moment `count` intervals after `from`. The 31st falls on the last day of a shorter month. */
export function addInterval(from: Date, count: number, interval: DodoPayments.TimeInterval): Date {
  if (interval === 'Day') return new Date(from.getTime() + count * DAY_MS)
  if (interval === 'Week') return new Date(from.getTime() + count * 7 * DAY_MS)
  const months = interval === 'Year' ? count * 12 : count
  const date = new Date(from)
  date.setUTCMonth(date.getUTCMonth() + months)
  // A day the month does not have ran over into the next one: day 0 takes it back.
  if (date.getUTCDate() !== from.getUTCDate()) date.setUTCDate(0)
  return date
}

/** Moves the period on; no two periods of a subscription ever start at the same moment. */
export function startPeriod(subscription: DodoPayments.Subscription, at: Date): void {
  const start = new Date(Math.max(at.getTime(), Date.parse(subscription.previous_billing_date) + 1))
  const { payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  subscription.previous_billing_date = start.toISOString()
  subscription.next_billing_date = addInterval(start, count, interval).toISOString()
}
