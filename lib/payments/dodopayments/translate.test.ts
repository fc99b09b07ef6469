import { expect, test } from 'vitest'
import { DAY_MS } from '@/lib/time'
import { translateEvent } from './translate'

const AT = '2026-11-01T10:00:00.000Z'
const after = (days: number) => new Date(Date.parse(AT) + days * DAY_MS).toISOString()

const PAYMENT = {
  payload_type: 'Payment',
  payment_id: 'pay_1',
  checkout_session_id: 'cks_1',
  customer: { customer_id: 'cus_1', email: 'a@b.co' },
  status: 'succeeded',
  total_amount: 4719,
  currency: 'EUR',
  error_message: null,
  product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
  created_at: AT,
}
const SUBSCRIPTION = {
  payload_type: 'Subscription',
  subscription_id: 'sub_1',
  customer: { customer_id: 'cus_1' },
  product_id: 'pdt_plan',
  quantity: 1,
  status: 'active',
  previous_billing_date: AT,
  next_billing_date: after(30),
  created_at: AT,
  cancel_at_next_billing_date: false,
  trial_period_days: 0,
}

const read = (type: string, data: unknown, timestamp = AT) => translateEvent({ type, timestamp, data }).event

test('a paid checkout says which product, how many, and what was charged', () => {
  expect(read('payment.succeeded', PAYMENT)).toEqual({
    kind: 'payment',
    payment_id: 'pay_1',
    checkout_session_id: 'cks_1',
    subscription_id: null,
    customer_id: 'cus_1',
    status: 'succeeded',
    product_id: 'pdt_pro',
    quantity: 1,
    amount: 4719,
    currency: 'EUR',
    failure_reason: null,
    tax: null,
    card: null,
    charged_at: AT,
  })
})

test.each(['processing', 'failed', 'cancelled'])('payment.%s is a change of its own', (status) => {
  const data = { ...PAYMENT, error_message: 'Your card was declined.' }
  expect(read(`payment.${status}`, data)).toMatchObject({ status, failure_reason: 'Your card was declined.' })
})

test('the event type decides, as the payment may be further on at delivery', () => {
  expect(read('payment.processing', PAYMENT)).toMatchObject({ status: 'processing' })
})

test.each(['credit.added', 'dunning.started', 'something.new', 'payment.', 'subscription.', 'constructor'])(
  'there is nothing to do about %s',
  (type) => {
    expect(read(type, PAYMENT)).toBeNull()
    expect(read(type, undefined)).toBeNull()
  },
)

test('a payment for several products, or for none, is for no product of ours', () => {
  const item = { product_id: 'pdt_pro', quantity: 1 }
  for (const product_cart of [[item, { ...item, product_id: 'pdt_other' }], [], null, undefined]) {
    expect(read('payment.succeeded', { ...PAYMENT, product_cart })).toMatchObject({ product_id: null })
  }
})

test('checking a new card, or one charge for several subscriptions, pays for nothing of ours', () => {
  for (const special of [
    { is_update_payment_method: true, total_amount: 0 },
    { is_multi_subscription: true },
  ]) {
    expect(read('payment.succeeded', { ...PAYMENT, ...special })).toBeNull()
  }
})

const CARD = { card_network: 'VISA', card_last_four: '4242' }

test('a payment says which card it was paid with, and no other way to pay', () => {
  const cardOf = (fields: object) => read('payment.succeeded', { ...PAYMENT, ...fields })
  expect(cardOf(CARD)).toMatchObject({ card: { brand: 'VISA', last_four: '4242', expires_on: null } })
  for (const fields of [
    { card_network: null, card_last_four: null },
    { ...CARD, card_last_four: '42' },
    { ...CARD, card_last_four: 4242 },
    { ...CARD, card_network: 'x'.repeat(500) },
  ]) {
    expect(cardOf(fields), JSON.stringify(fields)).toMatchObject({ kind: 'payment', card: null })
  }
})

test('checking a new card of a plan says which pays it from now on, once it was taken', () => {
  const checked = {
    ...PAYMENT,
    ...CARD,
    subscription_id: 'sub_1',
    is_update_payment_method: true,
    total_amount: 0,
  }
  expect(read('payment.succeeded', checked)).toEqual({
    kind: 'card',
    subscription_id: 'sub_1',
    customer_id: 'cus_1',
    card: { brand: 'VISA', last_four: '4242', expires_on: null },
    occurred_at: AT,
  })
  expect(read('payment.failed', checked)).toBeNull()
  expect(read('payment.succeeded', { ...checked, subscription_id: null })).toBeNull()
})

test('what was owed and is paid with a new card is a payment, so that it can be shown and refunded', () => {
  const data = { ...PAYMENT, is_update_payment_method: true }
  expect(read('payment.succeeded', data)).toMatchObject({ kind: 'payment', amount: 4719 })
})

test.each([
  ['no payment at all', undefined],
  ['no payment id', { ...PAYMENT, payment_id: undefined }],
  ['an amount that is not whole', { ...PAYMENT, total_amount: 39.99 }],
  ['an amount below zero', { ...PAYMENT, total_amount: -1 }],
  ['a quantity below one', { ...PAYMENT, product_cart: [{ product_id: 'pdt_pro', quantity: 0 }] }],
])('a payment event with %s throws', (_name, data) => {
  expect(() => read('payment.succeeded', data)).toThrow()
})

test('a refund knows its payment, whether it was the whole of it, and our request', () => {
  const request = 'a0000000-0000-4000-8000-000000000001'
  const data = { refund_id: 'ref_1', payment_id: 'pay_1', status: 'succeeded', amount: 100, currency: 'EUR' }
  expect(read('refund.succeeded', { ...data, is_partial: true, metadata: { request_id: request } })).toEqual({
    kind: 'refund',
    refund_id: 'ref_1',
    payment_id: 'pay_1',
    request_id: request,
    status: 'succeeded',
    amount: 100,
    currency: 'EUR',
    whole: false,
    reason: null,
  })
  // Metadata may come back empty, and is never trusted to be ours.
  for (const metadata of [null, undefined, {}, { request_id: 'not ours' }]) {
    expect(read('refund.failed', { ...data, is_partial: false, metadata })).toMatchObject({
      request_id: null,
      whole: true,
    })
  }
})

test('the amount of a dispute is the one that comes as a string', () => {
  const data = { dispute_id: 'dp_1', payment_id: 'pay_1', amount: '1180', currency: 'USD' }
  expect(read('dispute.lost', data)).toMatchObject({ status: 'lost', amount: 1180, occurred_at: AT })
  expect(() => read('dispute.lost', { ...data, amount: 'a lot' })).toThrow()
})

test('a renewal says that its period was paid; being active does not', () => {
  expect(read('subscription.renewed', SUBSCRIPTION)).toMatchObject({ status: 'active', paid: true })
  expect(read('subscription.active', SUBSCRIPTION)).toMatchObject({ status: 'active', paid: false })
})

test('a trial is active at once and pays for nothing', () => {
  const data = { ...SUBSCRIPTION, trial_period_days: 14, next_billing_date: after(14) }
  expect(read('subscription.active', data)).toMatchObject({ status: 'active', trial: true, paid: false })
  expect(read('subscription.renewed', data)).toMatchObject({ trial: true, paid: false })
  const first = { ...data, previous_billing_date: after(14), next_billing_date: after(44) }
  expect(read('subscription.renewed', first)).toMatchObject({ trial: false, paid: true })
})

test('a plan change is a period of its own only where it begins one', () => {
  expect(read('subscription.plan_changed', SUBSCRIPTION, AT)).toMatchObject({ paid: true })
  expect(read('subscription.plan_changed', SUBSCRIPTION, after(3))).toMatchObject({ paid: false })
})

test('a cancellation for the end of the period keeps the subscription until then', () => {
  const cancelled = (data: object) => read('subscription.cancelled', { ...SUBSCRIPTION, ...data })
  expect(cancelled({ cancel_at_next_billing_date: true })).toMatchObject({
    status: 'active',
    cancel_at_period_end: true,
  })
  expect(cancelled({ status: 'cancelled' })).toMatchObject({ status: 'cancelled' })
  expect(cancelled({ status: 'expired', cancel_at_next_billing_date: true })).toMatchObject({
    status: 'expired',
  })
})

test('an update says what the subscription itself says', () => {
  for (const status of ['active', 'on_hold', 'past_due', 'paused']) {
    expect(read('subscription.updated', { ...SUBSCRIPTION, status })).toMatchObject({ status, paid: false })
  }
})
