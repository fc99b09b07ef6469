import { expect, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { createFormat, EVERYBODY } from '@/lib/format'
import { describeEntry } from './describe-entry'

const words = { unit: nameUnit('general'), format: createFormat(EVERYBODY) }

test.each([
  [{ what: 'Short summary', tier: 'pro' }, 'Short summary: 1 credit, Pro price'],
  [{ what: 'Short summary', tier: null }, 'Short summary: 1 credit'],
  [{ what: 'Short summary', tier: 'a tier of before' }, 'Short summary: 1 credit'],
  [{ what: null, tier: 'pro' }, 'This took 1 credit.'],
  [null, 'This took 1 credit.'],
])('a charge for %j is "%s"', (charge, text) => {
  expect(describeEntry({ type: 'deduction', amount: -1 }, charge, words)).toBe(text)
})

test.each([
  ['purchase', 500, 'You bought 500 credits.'],
  ['admin_adjustment', -5, 'Our support took 5 credits off.'],
  ['admin_adjustment', 5, 'Our support added 5 credits.'],
  ['refund', 1, 'You got 1 credit of a charge back.'],
  ['a type of later', 7, '7 credits'],
])('%s of %i is "%s"', (type, amount, text) => {
  expect(describeEntry({ type, amount }, null, words)).toBe(text)
})
