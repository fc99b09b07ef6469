import { expect, test } from 'vitest'
import { everybody } from '@/lib/format'
import { describeBought, describeUsed } from './wallet-totals-text'

const NOTHING = { purchased: 0, subscribed: 0, taken_back: 0, refunded: 0 }

test.each([
  [{}, 'Nothing so far'],
  [{ purchased: 1_500 }, '1,500 in packages'],
  [{ subscribed: 500 }, '500 by plans'],
  [{ purchased: 1_500, subscribed: 500 }, '1,500 in packages, 500 by plans'],
  [{ purchased: 1_500, taken_back: 200 }, '1,500 in packages. 200 of them taken back since'],
])('bought says of what it is made: %j', (totals, words) => {
  expect(describeBought(everybody, { ...NOTHING, ...totals })).toBe(words)
})

test.each([
  [0, 0, 'Nothing so far'],
  [7, 0, 'Charged, nothing refunded'],
  [7, 1_000, '1,007 charged less 1,000 refunded'],
])('used says what of the charges was given back: %i and %i', (used, refunded, words) => {
  expect(describeUsed(everybody, { used, refunded })).toBe(words)
})
