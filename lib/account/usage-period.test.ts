import { expect, it, test } from 'vitest'
import { parseUsagePeriod, periodQuery, USAGE_PERIODS } from './usage-period'

it.each([
  ['7', 7],
  ['90', 90],
  ['30', 30],
  ['31', 30],
  ['-7', 30],
  ['7e0', 30],
  [undefined, 30],
  [['7', '90'], 30],
])('days=%s shows %i days', (days, shown) => {
  expect(parseUsagePeriod({ days })).toBe(shown)
})

test('the address of a period leads back to it, and the usual one needs none', () => {
  for (const period of USAGE_PERIODS) expect(parseUsagePeriod(periodQuery(period))).toBe(period)
  expect(periodQuery(30)).toEqual({})
})
