import { expect, test } from 'vitest'
import { ageOf } from './age.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')

test.each([
  ['2026-03-10T11:59:31Z', 'under a minute'],
  ['2026-03-10T12:00:05Z', 'under a minute'],
  ['2026-03-10T11:59:00Z', '1 minute'],
  ['2026-03-10T10:00:01Z', '1 hour'],
  ['2026-03-08T13:00:00Z', '1 day'],
  ['2026-02-10T12:00:00Z', '28 days'],
])('%s is %s ago', (iso, age) => {
  expect(ageOf(iso, NOW)).toBe(age)
})
