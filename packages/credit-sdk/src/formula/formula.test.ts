import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormulaEvaluationError, MissingVariableError } from '../errors.ts'
import { readFormula } from './formula.ts'

const costOf = (text: string, variables: Record<string, number> = {}) =>
  readFormula(text).cost(variables).cost

describe('a formula', () => {
  test.each([
    ['{token} * 0.001 + 10', { token: 3500 }, 14],
    ['{token}*0.001+10', { token: 4000 }, 14],
    ['2 + 3 * 4', {}, 14],
    ['(2 + 3) * 4', {}, 20],
    ['10 - 4 - 3', {}, 3],
    ['20 / 2 / 5', {}, 2],
    ['--5', {}, 5],
    ['2 × 9 ÷ 3 − 1', {}, 5],
    ['{n} > 10 ? 5 : {n}', { n: 11 }, 5],
    ['{n} > 10 ? 5 : {n}', { n: 7 }, 7],
    ['{n} <= 1 ? 1 : {n} <= 2 ? 20 : 300', { n: 2 }, 20],
    ['({n} != 0 ? 8 / {n} : 0) + 1', { n: 0 }, 1],
  ])('%s with %o is %i credits', (text, variables, cost) => {
    expect(costOf(text, variables)).toBe(cost)
  })

  test('is rounded up to whole credits, and tells the raw price', () => {
    expect(readFormula('{n} / 3').cost({ n: 10 })).toEqual({ cost: 4, raw: 10 / 3 })
    expect(costOf('0.0001')).toBe(1)
    expect(costOf('0')).toBe(0)
  })

  test('is not rounded up by the inexactness of binary fractions', () => {
    expect(costOf('{n} * 0.1 * 10', { n: 3 })).toBe(3)
    expect(costOf('1.1 * 1.1 * 100')).toBe(121)
    expect(costOf('{n} * 1', { n: 9007199254740991 })).toBe(9007199254740991)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1000 }), (n, parts) => {
        expect(costOf(`{n} * (1 / ${parts}) * ${parts}`, { n })).toBe(n)
      }),
    )
  })

  test.each([
    '1 +',
    '(1',
    '1)',
    '{n',
    '{}',
    '1 2',
    'n',
    'process.exit(1)',
    '{n} > 1',
    '{n} ? 1 : 2',
    '1 ? 2 : 3',
    '{a}{b}',
    '',
  ])('refuses %j', (text) => {
    expect(() => readFormula(text)).toThrow()
  })

  test('never runs anything, whatever its text is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(costOf(text)).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })

  test('says which variable is missing, even one that only another case needs', () => {
    expect(() => costOf('{a} > 0 ? 1 : {b}', { a: 1 })).toThrow(MissingVariableError)
    expect(() => costOf('{constructor}', {})).toThrow(MissingVariableError)
  })

  test.each([
    ['1 / {n}', { n: 0 }],
    ['{n} - 10', { n: 1 }],
    ['{n} - 0.5', { n: 0 }],
    ['{n} * {n}', { n: 1e200 }],
    ['{n} * 2', { n: 9007199254740991 }],
  ])('has no price for %s with %o', (text, variables) => {
    expect(() => costOf(text, variables)).toThrow(FormulaEvaluationError)
  })
})
