import { expect, test } from 'vitest'
import { findCreditType, GENERAL } from '@/lib/credit-type'
import { chooseWallet, walletQuery } from './choose-wallet'

const [credits, images] = [findCreditType([], GENERAL), findCreditType([], 'image')]
const types = [credits, images]

test('a page shows the wallet its address names', () => {
  expect(chooseWallet({ wallet: 'image' }, types)).toBe(images)
})

test.each([{}, { wallet: 'wishes' }, { wallet: ['image', 'image'] }, { wallet: '' }])(
  'and the first one for %o',
  (params) => {
    expect(chooseWallet(params, types)).toBe(credits)
  },
)

test('the address of the first one needs no name', () => {
  expect(walletQuery(credits, types)).toEqual({})
  expect(walletQuery(images, types)).toEqual({ wallet: 'image' })
})

test('a wallet nobody has named goes by its id', () => {
  expect(findCreditType([], 'lead_list')).toMatchObject({
    name: 'Lead list credits',
    unit: 'lead list credit',
    unitPlural: 'lead list credits',
  })
})
