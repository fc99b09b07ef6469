import { expect, test } from 'vitest'
import { findCreditType } from '@/lib/credit-type'
import { everybody } from '@/lib/format'
import { describeDetails, describeSuccess } from './describe-purchase'

const bought = {
  state: 'succeeded',
  name: 'Starter',
  plan: null,
  credits: 500,
  type: findCreditType([], 'general'),
  repaid: 0,
  balance: 600,
  price: 3999,
  currency: 'USD',
  failureReason: null,
} as const
const until = '2026-12-26T10:00:00+00:00'
const plan = { interval: 'month', active: true, until, trial: false } as const
const subscribed = { ...bought, name: 'Pro monthly', plan }

test('a package says what came and what there is now', () => {
  expect(describeSuccess(everybody, bought)).toEqual({
    title: '500 credits added',
    text: 'Your payment has arrived. Your new balance is 600 credits.',
  })
})

test('a package of another wallet is told in its own unit', () => {
  const images = { ...bought, type: findCreditType([], 'image') }
  expect(describeSuccess(everybody, images)).toEqual({
    title: '500 image credits added',
    text: 'Your payment has arrived. Your new balance is 600 image credits.',
  })
  expect(describeDetails(everybody, images)).toContainEqual(['Image credits', '500'])
})

test('what repaid a debt is told, and the balance is what is left', () => {
  expect(describeSuccess(everybody, { ...bought, repaid: 200, balance: 300 }).text).toBe(
    'Your payment has arrived. 200 of them repaid what was taken back earlier. Your new balance is 300 credits.',
  )
})

test('a plan says that it is active, and what came with it', () => {
  expect(describeSuccess(everybody, subscribed)).toEqual({
    title: 'Pro monthly is active',
    text: '500 credits added. Your new balance is 600 credits.',
  })
  expect(describeDetails(everybody, subscribed)).toEqual([
    ['Plan', 'Pro monthly'],
    ['Credits', '500 every month'],
    ['Paid', '$39.99'],
    ['Renews', 'Dec 26, 2026'],
  ])
})

test('a trial promises the credits, and says when', () => {
  const trial = { ...subscribed, plan: { ...plan, trial: true }, balance: null }
  expect(describeSuccess(everybody, trial).text).toBe(
    'Your trial runs until Dec 26, 2026. The credits come with the first payment.',
  )
  expect(describeDetails(everybody, trial)).toContainEqual(['First payment', 'Dec 26, 2026'])
})

test('before it is paid there is a price, and no date', () => {
  expect(describeDetails(everybody, { ...subscribed, state: 'waiting' })).toEqual([
    ['Plan', 'Pro monthly'],
    ['Credits', '500 every month'],
    ['Price', '$39.99'],
  ])
})
