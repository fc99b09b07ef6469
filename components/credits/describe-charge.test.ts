import { expect, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { createFormat, EVERYBODY } from '@/lib/format'
import { describeInput, describePrices, describeRun } from './describe-charge'

test.each([
  [{ default: 3, pro: 3, enterprise: 3 }, '3 credits'],
  [{ default: 1 }, '1 credit'],
  [{ default: 10, pro: 6, enterprise: 10 }, '10 credits, 6 with Pro'],
])('the prices %j are "%s"', (prices, text) => {
  expect(describePrices(prices, nameUnit('general'), createFormat(EVERYBODY))).toBe(text)
})

test('inputs have names; what is no record has none', () => {
  expect(describeInput({ images: 3, format: 'webp' })).toEqual([
    ['images', '3'],
    ['format', 'webp'],
  ])
  expect(describeInput(null)).toEqual([])
})

test.each([
  ['open', null, 'Still going'],
  ['settled', null, 'Finished'],
  ['settled', 'The run cost less than its price', 'The run cost less than its price'],
  ['released', null, 'Given back'],
  ['expired', 'The run did not end in time.', 'The run did not end in time.'],
])('a run that is %s (%s) is "%s"', (status, reason, text) => {
  expect(describeRun({ status, reason })).toBe(text)
})
