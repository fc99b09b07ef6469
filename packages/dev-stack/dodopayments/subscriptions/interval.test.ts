import { expect, test } from 'vitest'
import { newProduct } from '../shapes/product.ts'
import { newSubscription } from '../shapes/subscription.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'
import { addInterval, startPeriod } from './interval.ts'

test.each([
  ['2026-01-31T10:00:00.000Z', 1, 'Month', '2026-02-28T10:00:00.000Z'],
  ['2028-01-31T10:00:00.000Z', 1, 'Month', '2028-02-29T10:00:00.000Z'],
  ['2026-11-30T10:00:00.000Z', 3, 'Month', '2027-02-28T10:00:00.000Z'],
  ['2026-12-15T10:00:00.000Z', 1, 'Month', '2027-01-15T10:00:00.000Z'],
  ['2028-02-29T10:00:00.000Z', 1, 'Year', '2029-02-28T10:00:00.000Z'],
  ['2026-02-27T10:00:00.000Z', 2, 'Day', '2026-03-01T10:00:00.000Z'],
  ['2026-02-27T10:00:00.000Z', 1, 'Week', '2026-03-06T10:00:00.000Z'],
] as const)('%s and %i %s is %s', (from, count, interval, to) => {
  expect(addInterval(new Date(from), count, interval).toISOString()).toBe(to)
})

/** A subscription whose first period began at `from`. */
function subscriptionFrom(from: string, interval: DodoPayments.TimeInterval): SubscriptionRecord {
  const price: DodoPayments.Price.RecurringPrice = {
    type: 'recurring_price',
    currency: 'USD',
    price: 1900,
    payment_frequency_count: 1,
    payment_frequency_interval: interval,
    subscription_period_count: 10,
    subscription_period_interval: 'Year',
  }
  const subscription = newSubscription({
    product: newProduct({
      id: 'pdt_1',
      name: 'Plus',
      description: null,
      price,
      taxCategory: 'saas',
      metadata: {},
      createdAt: from,
    }),
    price,
    quantity: 1,
    customer: { customer_id: 'cus_1', email: 'a@example.com', name: 'A', phone_number: null, metadata: {} },
    metadata: {},
    trialDays: 0,
  })
  const next = addInterval(new Date(from), 1, interval).toISOString()
  Object.assign(subscription, { previous_billing_date: from, next_billing_date: next })
  const billingDay = new Date(from).getUTCDate()
  return { subscription, sessionId: 'cks_1', cardNumber: '4242424242424242', nextRenewal: null, billingDay }
}

/** When the next periods begin, if each renews when it is due. */
function renewals(record: SubscriptionRecord, count: number): string[] {
  return Array.from({ length: count }, () => {
    const due = record.subscription.next_billing_date
    startPeriod(record, new Date(due))
    return due.slice(0, 10)
  })
}

test('what began on the 31st returns to it after each shorter month', () => {
  expect(renewals(subscriptionFrom('2026-12-31T10:00:00.000Z', 'Month'), 5)).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
    '2027-05-31',
  ])
  expect(renewals(subscriptionFrom('2026-01-30T10:00:00.000Z', 'Month'), 2)).toEqual([
    '2026-02-28',
    '2026-03-30',
  ])
  expect(renewals(subscriptionFrom('2028-02-29T10:00:00.000Z', 'Year'), 4).at(-1)).toBe('2032-02-29')
})

test('a period that begins off its date sets the day anew', () => {
  const record = subscriptionFrom('2026-12-31T10:00:00.000Z', 'Month')
  startPeriod(record, new Date('2027-02-15T10:00:00.000Z'))
  expect(renewals(record, 2)).toEqual(['2027-03-15', '2027-04-15'])
  // Moved to the last day of a month by hand, it is not what was cut short.
  startPeriod(record, new Date('2027-04-30T10:00:00.000Z'))
  expect(renewals(record, 1)).toEqual(['2027-05-30'])
})
