import { expect, it } from 'vitest'
import { lastDays } from './usage-days'

it('counts back from today, over the end of a month', () => {
  expect(lastDays(new Date('2026-03-02T23:59:59Z'), 4)).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ])
})
