import { describe, expect, test } from 'vitest'
import { day, timestamp } from './timestamp'

describe('a timestamp', () => {
  test.each([
    '2026-11-01T10:00:00+02:00',
    '2026-11-01T10:00:00.123456Z',
    '2026-11-01T10:00:00+15:59',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
  ])('may be %s', (text) => expect(timestamp.parse(text)).toBe(text))

  test.each([
    ['before the first year', '0000-01-01T00:00:00Z'],
    ['before the first year in UTC', '0001-01-01T00:00:00+01:00'],
    ['after the last year in UTC', '9999-12-31T23:59:59-01:00'],
    ['of an offset that no place has', '2026-11-01T10:00:00+23:59'],
    ['of an offset that no place has', '2026-11-01T10:00:00-16:00'],
    ['of endless digits', `2026-11-01T10:00:00.${'1'.repeat(1000)}Z`],
    ['without an offset', '2026-11-01T10:00:00'],
    ['on a day that is none', '2026-02-30T10:00:00Z'],
  ])('is refused %s: %s', (_, text) => expect(timestamp.safeParse(text).success).toBe(false))
})

test('a day is one that the database can hold', () => {
  expect(['0001-01-01', '9999-12-31'].every((text) => day.safeParse(text).success)).toBe(true)
  expect(['0000-01-01', '2026-02-30', '10000-01-01'].some((text) => day.safeParse(text).success)).toBe(false)
})
