import { expect, test } from 'vitest'
import { ledgerCsvPath, ledgerPeriod, ledgerQuery, parseLedgerFilter } from './ledger-filter'

test('what filters nothing does not stand in the address', () => {
  const empty = { q: ' ', show: 'all', tool: '', days: '', from: '', to: '' }
  expect(ledgerQuery(parseLedgerFilter(empty))).toEqual({})
  const nonsense = { q: 'a\0', show: 'x', tool: ['a', 'b'], days: 'x', from: '1999-01-01', to: '9999-12-31' }
  expect(ledgerQuery(parseLedgerFilter(nonsense))).toEqual({})
  const all = { q: 'card', show: 'spent', tool: 'draw', days: 'week' }
  expect(ledgerQuery(parseLedgerFilter(all))).toEqual(all)
})

test('days of one’s own are custom, in their order, and yield to no other', () => {
  const swapped = parseLedgerFilter({ from: '2026-05-02', to: '2026-05-01' })
  expect(ledgerQuery(swapped)).toEqual({ days: 'custom', from: '2026-05-01', to: '2026-05-02' })
  expect(ledgerQuery(parseLedgerFilter({ days: 'today', from: '2026-05-01' }))).toEqual({ days: 'today' })
})

const now = new Date('2026-11-30T20:00:00Z')
test.each([
  [{}, {}],
  [{ days: 'today' }, { from: '2026-11-30T18:30:00.000Z' }],
  [{ days: 'week' }, { from: '2026-11-24T18:30:00.000Z' }],
  [{ days: 'days30' }, { from: '2026-11-01T18:30:00.000Z' }],
  [{ days: 'month' }, { from: '2026-11-30T18:30:00.000Z' }],
  [{ days: 'custom' }, {}],
  [{ to: '2026-11-02' }, { to: '2026-11-02T18:30:00.000Z' }],
])('%j begins and ends with the days of the reader', (params, period) => {
  expect(ledgerPeriod(parseLedgerFilter(params), now, 'Asia/Kolkata')).toEqual(period)
})

test('the file holds what the page shows', () => {
  const filter = parseLedgerFilter({ q: 'a & b', show: 'added', tool: 'draw' })
  expect(ledgerCsvPath('image', filter, { from: '2026-11-01T00:00:00.000Z' })).toBe(
    '/api/credits/transactions?format=csv&creditType=image&type=purchase%2Csubscription_grant%2Csignup_bonus%2Cpromotion&action=draw&from=2026-11-01T00%3A00%3A00.000Z&q=a+%26+b',
  )
})
