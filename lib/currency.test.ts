import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMoney, writeMoney } from './admin/parse-money'
import { decimalsOf } from './currency'
import { formatMoney } from './format'

/** A number keeps 15 decimal digits exactly. */
const minorUnits = fc.integer({ min: 1, max: 999_999_999_999_999 })

/** A displayed amount without its symbol (some have dots of their own) and its commas: `$1,234.50` gives `1234.50`. */
function figuresOf(displayed: string): string {
  return (/\d.*/.exec(displayed)?.[0] ?? '').replaceAll(',', '')
}

test.each(Intl.supportedValuesOf('currency'))(
  'an amount of %s is read as it is displayed and as it is prefilled',
  (currency) => {
    fc.assert(
      fc.property(minorUnits, (amount) => {
        const displayed = figuresOf(formatMoney(amount, currency))
        expect(displayed).toBe(writeMoney(amount, currency))
        expect(parseMoney(displayed, currency)).toBe(amount)
      }),
    )
  },
)

test.each([
  ['HUF', 1_449_000, 'HUF 14,490.00'],
  ['IDR', 1_449_000, 'IDR 14,490.00'],
  ['RSD', 123_456, 'RSD 1,234.56'],
  ['ISK', 14_490, 'ISK 14,490'],
  ['JPY', 1000, '¥1,000'],
  ['KWD', 12_345, 'KWD 12.345'],
  ['CLF', 12_345, 'CLF 1.2345'],
])('the decimals of %s are those of ISO 4217: %i minor units are %s', (currency, amount, text) => {
  expect(formatMoney(amount, currency).replace(/\s/g, ' ')).toBe(text)
})

test('every other currency has cents, also where cash has none', () => {
  const withCents = ['USD', 'EUR', 'HUF', 'IDR', 'COP', 'PKR', 'RSD', 'ALL', 'LBP', 'MMK', 'TWD', 'CZK']
  expect(withCents.map(decimalsOf)).toEqual(withCents.map(() => 2))
})
