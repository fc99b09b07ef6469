import { expect, test } from 'vitest'
import { toPaymentChange } from './payment-change'

const PAYMENT = {
  payload_type: 'Payment',
  payment_id: 'pay_1',
  checkout_session_id: 'cks_1',
  status: 'succeeded',
  total_amount: 4719,
  currency: 'EUR',
  error_message: null,
  product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
}

test('a paid checkout says which product, how many, and what was charged', () => {
  expect(toPaymentChange({ type: 'payment.succeeded', data: PAYMENT })).toEqual({
    providerPaymentId: 'pay_1',
    checkoutSessionId: 'cks_1',
    status: 'succeeded',
    productId: 'pdt_pro',
    quantity: 1,
    chargedAmount: 4719,
    chargedCurrency: 'EUR',
    failureReason: null,
  })
})

test.each(['processing', 'failed', 'cancelled'])('payment.%s is a change of its own', (status) => {
  const data = { ...PAYMENT, error_message: 'Your card was declined.' }
  expect(toPaymentChange({ type: `payment.${status}`, data })).toMatchObject({
    status,
    failureReason: 'Your card was declined.',
  })
})

test('the event type decides, as the payment may be further on at delivery', () => {
  expect(toPaymentChange({ type: 'payment.processing', data: PAYMENT })?.status).toBe('processing')
})

test.each(['refund.succeeded', 'subscription.active', 'something.new', 'payment.', 'constructor'])(
  'there is nothing to do about %s',
  (type) => {
    expect(toPaymentChange({ type, data: PAYMENT })).toBeNull()
    expect(toPaymentChange({ type, data: undefined })).toBeNull()
  },
)

test('a payment for several products, or for none, is for no product of ours', () => {
  const item = { product_id: 'pdt_pro', quantity: 1 }
  for (const product_cart of [[item, { ...item, product_id: 'pdt_other' }], [], null, undefined]) {
    expect(
      toPaymentChange({ type: 'payment.succeeded', data: { ...PAYMENT, product_cart } })?.productId,
    ).toBeNull()
  }
})

test.each([
  ['no payment at all', undefined],
  ['no payment id', { ...PAYMENT, payment_id: undefined }],
  ['an amount that is not whole', { ...PAYMENT, total_amount: 39.99 }],
  ['a quantity below one', { ...PAYMENT, product_cart: [{ product_id: 'pdt_pro', quantity: 0 }] }],
])('a payment event with %s throws', (_name, data) => {
  expect(() => toPaymentChange({ type: 'payment.succeeded', data })).toThrow()
})
