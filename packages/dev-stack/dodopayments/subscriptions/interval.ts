import { DAY_MS } from '../time.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'

/**
 * The timestamp `count` intervals after `from`, on the day of the month named, that of `from` by default. The 31st falls
 * on the last day of a shorter month.
 */
export function addInterval(
  from: Date,
  count: number,
  interval: DodoPayments.TimeInterval,
  day = from.getUTCDate(),
): Date {
  if (interval === 'Day') return new Date(from.getTime() + count * DAY_MS)
  if (interval === 'Week') return new Date(from.getTime() + count * 7 * DAY_MS)
  const months = interval === 'Year' ? count * 12 : count
  const date = new Date(from)
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  date.setUTCDate(Math.min(day, lastDayOf(date)))
  return date
}

/**
 * Moves the period on; no two periods of a subscription ever start at the same time. One that began on the 31st, and
 * renews when it is due, returns to the 31st after a shorter month.
 */
export function startPeriod(record: SubscriptionRecord, at: Date): void {
  const { subscription } = record
  const isDue = at.getTime() === Date.parse(subscription.next_billing_date)
  const isCutShort = isDue && at.getUTCDate() === lastDayOf(at)
  record.billingDay = Math.max(at.getUTCDate(), (isCutShort && record.billingDay) || 0)
  const start = new Date(Math.max(at.getTime(), Date.parse(subscription.previous_billing_date) + 1))
  const { payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  subscription.previous_billing_date = start.toISOString()
  subscription.next_billing_date = addInterval(start, count, interval, record.billingDay).toISOString()
}

/** Of the month that a date is in. */
function lastDayOf(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}
