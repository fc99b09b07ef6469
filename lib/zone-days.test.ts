import { expect, test } from 'vitest'
import { addDays, dayInZone, startOfDayInZone } from './zone-days'

test.each([
  ['2026-11-21T20:00:00Z', 'UTC', '2026-11-21'],
  ['2026-11-21T20:00:00Z', 'Asia/Kolkata', '2026-11-22'],
  ['2026-11-21T02:00:00Z', 'America/New_York', '2026-11-20'],
])('%s in %s is on %s', (iso, zone, day) => {
  expect(dayInZone(iso, zone)).toBe(day)
})

test.each([
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  // Clocks go forward at midnight, so the day begins at one.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  // Clocks go back at midnight, so what is left of the day before comes again.
  ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
])('%s in %s begins at %s', (day, zone, start) => {
  expect(startOfDayInZone(day, zone)).toBe(start)
})

test('days are counted over the ends of months', () => {
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})
