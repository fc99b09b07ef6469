import { describe, expect, it, test } from 'vitest'
import { parseUserFilter, toUserCriteria, withoutUserPosition } from './user-filter'

const ID = '00000000-0000-4000-8000-000000000001'

test('what was not filled in, and what makes no sense, is not given', () => {
  const nonsense = {
    q: '  ',
    tier: 'gold',
    state: 'x',
    debt: '',
    min: '-1',
    max: '1e9',
    sort: 'name',
    before: 'x',
  }
  const { kept, active } = withoutUserPosition(parseUserFilter(nonsense))
  expect(active).toBe(false)
  expect(Object.values(kept).filter((value) => value !== undefined)).toEqual([])
})

test('a filter reaches the database as it was meant', () => {
  const filter = parseUserFilter({ q: ' ann ', tier: 'none', debt: 'yes', min: '0', max: '10' })
  expect(toUserCriteria(filter, 'general')).toEqual({
    search: 'ann',
    tier: 'none',
    state: null,
    in_debt: true,
    min_balance: 0,
    max_balance: 10,
    credit_type: 'general',
  })
})

describe('a cursor', () => {
  it.each([
    [{ before: `2026-11-21T09:00:00.123456+00:00~${ID}` }, true],
    [{ sort: 'balance', before: `12~${ID}` }, true],
    [{ before: `12~${ID}` }, false],
    [{ sort: 'balance', before: `2026-11-21T09:00:00+00:00~${ID}` }, false],
    [{ sort: 'balance', before: '12~not-an-id' }, false],
  ])('%o counts: %s', (params, counts) => {
    expect(parseUserFilter(params).before !== undefined).toBe(counts)
  })
})
