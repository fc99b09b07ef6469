import { expect, test } from 'vitest'
import { addInterval } from './interval.ts'

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
