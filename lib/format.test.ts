import { describe, expect, it } from 'vitest'
import {
  countCredits,
  createFormat,
  formatBytes,
  formatCredits,
  formatDate,
  formatDateTime,
  formatMoney,
  formatSignedCredits,
  formatUnitPrice,
} from './format'

describe('credits', () => {
  it('are whole numbers with separators', () => {
    expect(formatCredits(0)).toBe('0')
    expect(formatCredits(12_500)).toBe('12,500')
  })

  it('carry their sign in the ledger', () => {
    expect(formatSignedCredits(500)).toBe('+500')
    expect(formatSignedCredits(-2)).toBe('−2')
    expect(formatSignedCredits(0)).toBe('0')
  })

  it('agree with their noun', () => {
    expect(countCredits(1)).toBe('1 credit')
    expect(countCredits(0)).toBe('0 credits')
    expect(countCredits(2000)).toBe('2,000 credits')
  })
})

describe('money', () => {
  it('is written from minor units, by the digits of its currency', () => {
    expect(formatMoney(999, 'USD')).toBe('$9.99')
    expect(formatMoney(14_999, 'EUR')).toBe('€149.99')
    expect(formatMoney(999, 'JPY')).toBe('¥999')
  })

  it('says what one credit costs', () => {
    expect(formatUnitPrice(3999, 500, 'USD')).toBe('$0.080')
    expect(formatUnitPrice(999, 100, 'JPY')).toBe('¥10.0')
  })
})

describe('dates', () => {
  it('are the same wherever the page is rendered', () => {
    expect(formatDate('2026-11-21T23:30:00Z')).toBe('Nov 21, 2026')
    expect(formatDateTime('2026-11-21T16:05:00Z').replace(/\s/g, ' ')).toBe('Nov 21, 2026, 4:05 PM')
  })
})

it('leaves out the year that it is now where the reader is', () => {
  const { formatNearDate } = createFormat({ locale: 'en-US', timeZone: 'America/New_York' })
  const lateInTheYear = new Date('2027-01-01T03:00:00Z')
  expect(formatNearDate('2026-12-02T12:00:00Z', lateInTheYear)).toBe('Dec 2')
  expect(formatNearDate('2027-01-01T12:00:00Z', lateInTheYear)).toBe('Jan 1, 2027')
})

it('names a day of a calendar the same in every zone', () => {
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const { formatDay, formatMonthDay } = createFormat({ locale: 'en-US', timeZone })
    expect(formatDay('2026-11-21')).toBe('Nov 21, 2026')
    expect(formatMonthDay('2026-11-21')).toBe('Nov 21')
  }
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [48_210, '48.2 KB'],
  [1_254_000, '1.25 MB'],
])('%i bytes are %s', (size, text) => {
  expect(formatBytes(size)).toBe(text)
})

describe('a reader', () => {
  const { formatCredits, formatDate, formatMoney, formatTimestamp } = createFormat({
    locale: 'de-DE',
    timeZone: 'Asia/Kolkata',
  })

  it('sees numbers and money as at home', () => {
    expect(formatCredits(12_500)).toBe('12.500')
    expect(formatMoney(14_999, 'EUR').replace(/\s/g, ' ')).toBe('149,99 €')
  })

  it('sees days and times of the own zone, and which zone that is', () => {
    expect(formatDate('2026-11-21T23:30:00Z')).toBe('Nov 22, 2026')
    expect(formatTimestamp('2026-11-21T16:05:00Z').replace(/\s/g, ' ')).toBe('Nov 21, 2026, 9:35 PM GMT+5:30')
  })
})
