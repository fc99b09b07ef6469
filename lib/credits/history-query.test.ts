import { describe, expect, test } from 'vitest'
import { historyQuery, periodQuery } from './history-query'

describe('a query of the history', () => {
  test('is about the general wallet, 20 rows as JSON, by default', () => {
    expect(historyQuery.parse({})).toEqual({ creditType: 'general', limit: 20, format: 'json' })
  })

  test('takes everything as text', () => {
    const query = {
      ...{ creditType: 'calling', type: 'deduction,refund', action: 'call', cursor: '41', limit: '200' },
      ...{ from: '2026-11-01', to: '2026-12-01T10:00:00+02:00', format: 'csv' },
    }
    expect(historyQuery.parse(query)).toEqual({
      ...{ creditType: 'calling', type: ['deduction', 'refund'], action: 'call', cursor: 41, limit: 200 },
      ...{ from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T10:00:00+02:00', format: 'csv' },
    })
  })

  test.each([
    ['an unknown type', { type: 'gift' }],
    ['an unknown type among known ones', { type: 'refund,gift' }],
    ['no type at all', { type: '' }],
    ['a limit of 0', { limit: '0' }],
    ['a limit of 201', { limit: '201' }],
    ['a cursor that is none', { cursor: 'x' }],
    ['a cursor before the first row', { cursor: '0' }],
    ['a fraction', { cursor: '1.5' }],
    ['an unknown format', { format: 'xlsx' }],
    ['a parameter it does not know', { user: 'someone' }],
  ])('with %s is refused', (_, query) => {
    expect(historyQuery.safeParse(query).success).toBe(false)
  })
})

describe('a period', () => {
  test.each([
    ['a day that is none', { from: '2026-02-30' }],
    ['a time without an offset', { from: '2026-11-01T10:00:00' }],
    ['an end before its start', { from: '2026-11-02', to: '2026-11-01' }],
    ['an end at its start', { from: '2026-11-02', to: '2026-11-02T00:00:00Z' }],
  ])('with %s is refused', (_, query) => {
    expect(periodQuery.safeParse(query).success).toBe(false)
    expect(historyQuery.safeParse(query).success).toBe(false)
  })

  test('compares moments, not texts', () => {
    const period = { from: '2026-11-02T01:00:00+03:00', to: '2026-11-01T23:00:00Z' }
    expect(periodQuery.safeParse(period).success).toBe(true)
  })
})
