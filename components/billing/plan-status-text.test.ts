import { expect, test } from 'vitest'
import { everybody } from '@/lib/format'
import { describeCancellation, describeMembership, describePlan, describeSurplus } from './plan-status-text'

const plan = {
  id: 'pro-monthly',
  name: 'Pro monthly',
  price: 2900,
  currency: 'USD',
  interval: 'month',
} as const
const yearly = { ...plan, id: 'pro-yearly', name: 'Pro yearly', price: 29000, interval: 'year' } as const
const active = {
  plan,
  status: 'active',
  trial: false,
  periodEnd: '2026-12-26T10:00:00+00:00',
  ending: false,
  next: null,
} as const

test('an active plan says when it renews, and for how much', () => {
  expect(describePlan(everybody, active)).toEqual({
    label: 'Active',
    tone: 'calm',
    sentence: 'Renews on Dec 26, 2026 for $29.00.',
  })
})

test('a change that is scheduled says to what, when and for how much', () => {
  expect(describePlan(everybody, { ...active, next: yearly }).sentence).toBe(
    'Changes to Pro yearly on Dec 26, 2026, for $290.00 a year.',
  )
})

test('one that is to end says until when everything stays, whatever its state', () => {
  for (const status of ['active', 'past_due', 'paused'] as const) {
    expect(describePlan(everybody, { ...active, status, ending: true })).toMatchObject({
      label: 'Ends on Dec 26, 2026',
      sentence: expect.stringContaining('until Dec 26, 2026'),
    })
  }
})

test('a trial says until when it is one', () => {
  expect(describePlan(everybody, { ...active, trial: true }).label).toBe('Trial until Dec 26, 2026')
})

test('a payment that failed says so, and what helps', () => {
  expect(describePlan(everybody, { ...active, status: 'past_due' })).toMatchObject({
    label: 'Payment failed, retrying',
    tone: 'broken',
    sentence: expect.stringContaining('new card'),
  })
  expect(describePlan(everybody, { ...active, status: 'on_hold' })).toMatchObject({
    label: 'On hold',
    tone: 'broken',
    sentence: expect.stringContaining('new card'),
  })
})

test('cancelling says until when everything stays, and what becomes of the credits', () => {
  expect(describeCancellation(everybody, active, 'roll_over')).toBe(
    'Nothing more will be charged. Everything stays as it is until Dec 26, 2026. Your credits stay yours after that.',
  )
  expect(describeCancellation(everybody, active, 'expire')).toContain('expires then')
  expect(describeCancellation(everybody, { ...active, trial: true }, 'roll_over')).toBe(
    'Nothing will be charged. You have the membership until Dec 26, 2026.',
  )
  expect(describeCancellation(everybody, { ...active, status: 'on_hold' }, 'expire')).toContain(
    'the plan is over',
  )
})

test('of a second plan it is said that it ends and its money comes back, and no question is left', () => {
  expect(describeSurplus({ ended: false })).toMatch(/being ended.*goes back to you.*nothing to do/s)
  expect(describeSurplus({ ended: true })).toMatch(/does not renew.*on its way back.*nothing to do/s)
})

test.each([
  ['active', 'pro', 'Pro'],
  ['past_due', 'enterprise', 'Enterprise'],
  ['on_hold', 'pro', 'None for now, Pro once it is paid'],
  ['paused', 'pro', 'None while it is paused, then Pro'],
  ['on_hold', null, null],
] as const)('the membership of a plan that is %s is told as it is: %s', (status, tier, told) => {
  expect(describeMembership({ status }, tier)).toBe(told)
})
