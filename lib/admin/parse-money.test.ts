import { expect, test } from 'vitest'
import { parseMoney, writeMoney } from './parse-money'

test.each([
  ['12', 'USD', 1200],
  ['12.5', 'USD', 1250],
  [' 12.50 ', 'USD', 1250],
  ['0.01', 'EUR', 1],
  ['19.99', 'USD', 1999],
  ['1.005', 'KWD', 1005],
  ['999', 'JPY', 999],
  ['00012.30', 'USD', 1230],
])('%s %s is %i minor units', (text, currency, minorUnits) => {
  expect(parseMoney(text, currency)).toBe(minorUnits)
})

test.each([
  ['', 'USD'],
  ['0', 'USD'],
  ['0.00', 'USD'],
  ['-5', 'USD'],
  ['+5', 'USD'],
  ['12.345', 'USD'],
  ['12,50', 'USD'],
  ['1,250.00', 'USD'],
  ['$12', 'USD'],
  ['1e3', 'USD'],
  ['12.', 'USD'],
  ['.5', 'USD'],
  ['12.0', 'JPY'],
  ['90071992547409.92', 'USD'],
  ['١٢', 'USD'],
])('"%s" %s is no amount', (text, currency) => {
  expect(parseMoney(text, currency)).toBeNull()
})

test.each([
  [3999, 'USD', '39.99'],
  [5, 'USD', '0.05'],
  [999, 'JPY', '999'],
  [1, 'KWD', '0.001'],
])('%i minor units of %s are written %s', (minorUnits, currency, text) => {
  expect(writeMoney(minorUnits, currency)).toBe(text)
  expect(parseMoney(text, currency)).toBe(minorUnits)
})
