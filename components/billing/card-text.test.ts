import { expect, test } from 'vitest'
import { cardInWords } from './card-text'

test.each([
  ['visa', '2027-08-31', 'Visa ending in 4242, expires 08/27'],
  ['MASTERCARD', null, 'Mastercard ending in 4242'],
  ['amex', null, 'American Express ending in 4242'],
])('a card of %s is called as its owner does', (brand, expiresOn, words) => {
  expect(cardInWords({ brand, lastFour: '4242', expiresOn })).toBe(words)
})
