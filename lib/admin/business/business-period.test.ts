import { expect, test } from 'vitest'
import { periodDays, periodOf } from './business-period.ts'

test('thirty days end with today, in UTC', () => {
  const late = Date.parse('2026-03-30T23:59:59Z')
  expect(periodOf(30, late)).toEqual({
    days: 30,
    since: '2026-03-01',
    last: '2026-03-30',
    until: '2026-03-31',
  })
  expect(periodOf(365, late).since).toBe('2025-03-31')
})

test.each(['31', '0', '-30', '30.5', 'thirty', '', ['30', '90'], undefined])(
  '%j days are refused',
  (days) => {
    expect(periodDays.safeParse(days).success).toBe(false)
  },
)
