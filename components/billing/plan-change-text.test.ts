import { expect, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { everybody } from '@/lib/format'
import { changesNow } from '@/lib/payments/subscriptions/changes-now'
import { describeChange } from './plan-change-text'

const monthly = {
  id: 'pro-monthly',
  name: 'Pro monthly',
  price: 2900,
  currency: 'USD',
  interval: 'month',
  credits: 500,
  type: nameUnit('general'),
} as const
const yearly = {
  ...monthly,
  id: 'pro-yearly',
  name: 'Pro yearly',
  price: 29000,
  interval: 'year',
  credits: 6000,
} as const
const periodEnd = '2026-12-26T10:00:00+00:00'

type To = Parameters<typeof describeChange>[2]
type Details = Partial<Parameters<typeof describeChange>[3]>

/** What is said of a change about which all is known. */
function told(to: To, details: Details, from: To = monthly) {
  const change = describeChange(everybody, from, to, { periodEnd, trial: false, ...details })
  if (!change) throw new Error('The change is not described.')
  return change
}

test('a dearer plan is taken now, a cheaper or an equal one when the period ends', () => {
  expect(changesNow(monthly, yearly)).toBe(true)
  expect(changesNow(yearly, monthly)).toBe(false)
  expect(changesNow(monthly, { ...yearly, price: 2900 })).toBe(false)
})

test('a change that charges says how much, and what it begins', () => {
  const charge = { total: 29000, tax: 0, currency: 'USD' }
  const { text, button } = told(yearly, { charge })
  expect(text).toContain('$290.00 is charged today. A new year begins today, and 6,000 credits come with it.')
  expect(text).toContain('What is left of the current period is not refunded.')
  expect(button).toBe('Pay $290.00 and change')
  expect(told(yearly, { charge, trial: true }).text).toContain('Your trial ends with it.')
})

test('a change that charges says exactly what the provider will, tax included, or waits for it', () => {
  const charge = { total: 34510, tax: 5510, currency: 'EUR' }
  const { text, button } = told(yearly, { charge })
  expect(text).toContain('€345.10 is charged today, €55.10 of it tax.')
  expect(button).toBe('Pay €345.10 and change')
  expect(describeChange(everybody, monthly, yearly, { periodEnd, trial: false })).toBeNull()
})

test('a change that waits says until when, and that nothing is charged', () => {
  const { text, button } = told(monthly, {}, yearly)
  expect(text).toBe(
    'Nothing is charged today, and everything stays as it is until then. On Dec 26, 2026 your plan becomes Pro monthly, for $29.00 a month and 500 credits every month.',
  )
  expect(button).toBe('Change on Dec 26, 2026')
  expect(told(monthly, { periodEnd: null }, yearly).button).toBe('Change then')
})
