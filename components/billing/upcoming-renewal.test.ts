import { expect, it, test } from 'vitest'
import { toCreditType } from '@/lib/credit-type'
import { createFormat, EVERYBODY } from '@/lib/format'
import { upcomingRenewal } from './upcoming-renewal'

const format = createFormat(EVERYBODY)
const type = toCreditType({
  ...{ id: 'general', name: 'Credits', unit: 'credit', unit_plural: 'credits', color: 'brand' },
})
const pro = { name: 'Pro', price: 2_900, currency: 'USD', credits: 500, type }
const max = { name: 'Max', price: 9_900, currency: 'USD', credits: 2_000, type }
const at = '2026-12-21T00:00:00Z'
const active = {
  plan: pro,
  next: null,
  status: 'active',
  trial: false,
  ending: false,
  periodEnd: at,
} as const

it.each([
  [active, { label: 'Next renewal', at, note: '500 credits for $29.00' }],
  [
    { ...active, trial: true },
    { label: 'First payment', at, note: '500 credits for $29.00' },
  ],
  [
    { ...active, next: max },
    { label: 'Changes to Max', at, note: '2,000 credits for $99.00' },
  ],
  [
    { ...active, ending: true },
    { label: 'Plan ends', at, note: 'Pro, which does not renew' },
  ],
  [{ ...active, status: 'on_hold' } as const, null],
  [{ ...active, status: 'paused' } as const, null],
  [{ ...active, periodEnd: null }, null],
  [null, null],
])('a plan says what comes next (%#)', (plan, upcoming) => {
  expect(upcomingRenewal(format, plan, 'general')).toEqual(upcoming)
})

test('a plan that fills another wallet says nothing of this one', () => {
  expect(upcomingRenewal(format, active, 'image')).toBeNull()
})
