import { expect, test } from 'vitest'
import { choosePayment } from './choose-payment'

const payment = (provider_payment_id: string | null, status: string) => ({ provider_payment_id, status })
const pending = payment(null, 'pending')
const failed = payment('pay_1', 'failed')
const paid = payment('pay_2', 'succeeded')

test('the payment of the address is the one, however old', () => {
  expect(choosePayment([pending, paid, failed], 'pay_1')).toBe(failed)
})

test('before the database has heard of it, it is the newest undecided one', () => {
  expect(choosePayment([paid, pending, payment(null, 'pending')], 'pay_3')).toBe(pending)
  expect(choosePayment([payment('pay_3', 'processing'), pending], 'pay_3')?.status).toBe('processing')
})

test('a decided payment is never shown for another one', () => {
  expect(choosePayment([paid, failed], 'pay_3')).toBeNull()
})

test('without an id it is the newest', () => {
  expect(choosePayment([paid, pending], null)).toBe(paid)
  expect(choosePayment([], null)).toBeNull()
})
