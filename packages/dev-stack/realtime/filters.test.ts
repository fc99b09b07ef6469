import { describe, expect, test } from 'vitest'
import { parseFilter, passes } from './filters.ts'

describe('a filter string', () => {
  test.each([
    ['', []],
    ['id=eq.1', [{ column: 'id', operator: 'eq', values: ['1'] }]],
    ['at=gte.2026-01-01 10:00:00.5', [{ column: 'at', operator: 'gte', values: ['2026-01-01 10:00:00.5'] }]],
    ['name=eq."a,b \\"c\\""', [{ column: 'name', operator: 'eq', values: ['a,b "c"'] }]],
    ['name=in.(a,"b,(c)", d)', [{ column: 'name', operator: 'in', values: ['a', 'b,(c)', 'd'] }]],
    [
      'id=gt.0,id=lt.9',
      [
        { column: 'id', operator: 'gt', values: ['0'] },
        { column: 'id', operator: 'lt', values: ['9'] },
      ],
    ],
  ])('%j is read', (filter, conditions) => {
    expect(parseFilter(filter)).toEqual(conditions)
  })

  test.each(['undefined', 'id=1', 'id=like.x', 'id=not.eq.1', 'id=in.1,2', 'id=in.()', 'id=eq.1,', '=eq.1'])(
    '%j is refused',
    (filter) => {
      expect(() => parseFilter(filter)).toThrow('is not readable')
    },
  )
})

describe('a row', () => {
  const numeric = { column: 'n', numeric: true }
  const textual = { column: 't', numeric: false }

  test.each([
    [{ ...numeric, operator: 'eq', values: ['10.0'] }, true],
    [{ ...numeric, operator: 'lt', values: ['9'] }, false],
    [{ ...numeric, operator: 'gte', values: ['9.99'] }, true],
    [{ ...numeric, operator: 'in', values: ['9', '10'] }, true],
    [{ ...textual, operator: 'neq', values: ['abc'] }, false],
    [{ ...textual, operator: 'lte', values: ['abd'] }, true],
    [{ ...textual, operator: 'gt', values: ['ab'] }, true],
  ] as const)('of n = 10 and t = abc, %j: %s', ({ values, ...filter }, expected) => {
    expect(passes([{ ...filter, values: [...values] }], { n: '10', t: 'abc' })).toBe(expected)
  })

  test('is compared exactly beyond the precision of a double', () => {
    const filter = { ...numeric, operator: 'eq' as const, values: ['9007199254740992'] }
    expect(passes([filter], { n: '9007199254740993' })).toBe(false)
  })

  test('with a null, or without the column, passes nothing', () => {
    const filter = { ...textual, operator: 'neq' as const, values: ['x'] }
    expect(passes([filter], { t: null })).toBe(false)
    expect(passes([filter], {})).toBe(false)
  })
})
