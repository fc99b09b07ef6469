import { expect, test } from 'vitest'
import { sumInReference } from './reference-currency.ts'

const RATES = { EUR: 1.08, JPY: 0.0066, KWD: 3.25 }
const sum = (...money: [amount: number, currency: string][]) =>
  sumInReference(
    money.map(([amount, currency]) => ({ amount, currency })),
    { reference: 'USD', rates: RATES },
  )

test('money of several currencies is added up at the rates of the owner', () => {
  expect(sum([9_99, 'USD'], [10_00, 'EUR'])).toEqual({ amount: 20_79, missing: [] })
})

test('currencies without decimals, or with three, are counted in their own minor units', () => {
  expect(sum([1_000, 'JPY'])).toEqual({ amount: 6_60, missing: [] })
  expect(sum([1_000, 'KWD'])).toEqual({ amount: 3_25, missing: [] })
})

test('each currency is rounded once', () => {
  expect(sum([1, 'EUR'], [1, 'JPY'])).toEqual({ amount: 2, missing: [] })
})

test('money without a rate is named, and not added up', () => {
  expect(sum([5_00, 'USD'], [10_00, 'CHF'])).toEqual({ amount: 5_00, missing: ['CHF'] })
  expect(sum()).toEqual({ amount: 0, missing: [] })
})
