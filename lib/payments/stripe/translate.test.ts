import { describe, expect, test } from 'vitest'
import { translateEvent } from './translate'

const CREATED = 1_793_527_200
const AT = new Date(CREATED * 1000).toISOString()
/** Within the second that an event is stamped with. */
const OCCURRED_AT = new Date(CREATED * 1000 + 999).toISOString()

const SESSION = {
  id: 'cs_1',
  object: 'checkout.session',
  mode: 'payment',
  customer: 'cus_1',
  payment_intent: 'pi_1',
  payment_status: 'paid',
  amount_total: 4719,
  currency: 'eur',
  created: CREATED,
  metadata: { user_id: 'u', package_id: 'pro', product_id: 'prod_pro' },
}
const REFUND = {
  id: 're_1',
  object: 'refund',
  payment_intent: 'pi_1',
  status: 'succeeded',
  amount: 1000,
  currency: 'usd',
  metadata: {},
}
const DISPUTE = { id: 'dp_1', object: 'dispute', payment_intent: 'pi_1', amount: 3999, currency: 'usd' }

const read = (type: string, object: unknown) =>
  translateEvent({ type, created: CREATED, data: { object } }).event

test('a paid checkout says which product, and what was charged', () => {
  expect(read('checkout.session.completed', SESSION)).toEqual({
    kind: 'payment',
    payment_id: 'pi_1',
    checkout_session_id: 'cs_1',
    subscription_id: null,
    customer_id: 'cus_1',
    status: 'succeeded',
    product_id: 'prod_pro',
    quantity: 1,
    amount: 4719,
    currency: 'EUR',
    failure_reason: null,
    tax: null,
    card: null,
    charged_at: AT,
  })
})

test('a checkout whose money is on its way is processing, until it has come or has not', () => {
  const unpaid = { ...SESSION, payment_status: 'unpaid' }
  expect(read('checkout.session.completed', unpaid)).toMatchObject({ status: 'processing' })
  expect(read('checkout.session.async_payment_succeeded', SESSION)).toMatchObject({ status: 'succeeded' })
  expect(read('checkout.session.async_payment_failed', unpaid)).toMatchObject({
    status: 'failed',
    failure_reason: 'The payment did not go through.',
  })
})

test('the customer and the payment may come whole, or as their ids', () => {
  const whole = {
    ...SESSION,
    customer: { id: 'cus_1', object: 'customer' },
    payment_intent: { id: 'pi_1', status: 'succeeded' },
  }
  expect(read('checkout.session.completed', whole)).toEqual(read('checkout.session.completed', SESSION))
})

test.each([
  ['of somebody else, without our metadata', { metadata: {} }],
  ['with metadata of another kind', { metadata: null }],
  ['that took no money', { payment_intent: null, payment_status: 'no_payment_required' }],
  ['of a plan', { mode: 'subscription', payment_intent: null }],
])('there is nothing to do about a checkout %s', (_name, over) => {
  expect(read('checkout.session.completed', { ...SESSION, ...over })).toBeNull()
})

test.each([
  'checkout.session.expired',
  'payment_intent.succeeded',
  'charge.refunded',
  'customer.subscription.trial_will_end',
  'invoice.paid',
  'something.new',
  'constructor',
])('%s says nothing by itself', (type) => {
  expect(read(type, SESSION)).toBeNull()
  expect(read(type, undefined)).toBeNull()
})

test('a refund knows its payment and our request, and money on its way back is pending', () => {
  const request = 'a0000000-0000-4000-8000-000000000001'
  const metadata = { request_id: request, reason: 'Asked for' }
  expect(read('refund.updated', { ...REFUND, metadata })).toEqual({
    kind: 'refund',
    refund_id: 're_1',
    payment_id: 'pi_1',
    request_id: request,
    status: 'succeeded',
    amount: 1000,
    currency: 'USD',
    whole: false,
    reason: 'Asked for',
  })
  for (const [status, ours] of [
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['something_new', 'review'],
  ])
    expect(read('refund.updated', { ...REFUND, status })).toMatchObject({ status: ours })
  for (const metadata of [null, undefined, { request_id: 'not ours' }])
    expect(read('refund.created', { ...REFUND, metadata })).toMatchObject({ request_id: null })
})

test.each([
  ['needs_response', 'opened'],
  ['under_review', 'challenged'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['prevented', 'cancelled'],
])('a dispute that is %s at Stripe is %s here', (status, ours) => {
  expect(read('charge.dispute.updated', { ...DISPUTE, status })).toMatchObject({
    status: ours,
    occurred_at: OCCURRED_AT,
  })
})

test('a dispute is to be answered until when Stripe says, where it does', () => {
  const until = (evidence_details: unknown) =>
    read('charge.dispute.created', { ...DISPUTE, status: 'needs_response', evidence_details })
  expect(until({ due_by: 1_798_761_599 })).toMatchObject({ respond_by: '2026-12-31T23:59:59.000Z' })
  for (const none of [{ due_by: null }, {}, null, undefined]) {
    expect(until(none)).toMatchObject({ respond_by: null })
  }
})

test('an inquiry takes no money, so nothing is done about it', () => {
  for (const status of ['warning_needs_response', 'warning_under_review', 'warning_closed'])
    expect(read('charge.dispute.created', { ...DISPUTE, status })).toBeNull()
})

test.each([
  ['a checkout without its object', 'checkout.session.completed', undefined],
  ['an amount that is not whole', 'checkout.session.completed', { ...SESSION, amount_total: 39.99 }],
  ['a payment of nobody', 'checkout.session.completed', { ...SESSION, customer: null }],
  ['a refund below zero', 'refund.updated', { ...REFUND, amount: -1 }],
])('%s throws', (_name, type, object) => {
  expect(() => read(type, object)).toThrow()
})

describe('a subscription', () => {
  const SUBSCRIPTION = {
    id: 'sub_1',
    object: 'subscription',
    customer: 'cus_1',
    status: 'active',
    items: {
      data: [
        {
          id: 'si_1',
          quantity: 1,
          price: { id: 'price_1', product: 'prod_monthly' },
          current_period_start: CREATED,
          current_period_end: CREATED + 60,
        },
      ],
    },
    cancel_at_period_end: false,
    cancel_at: null,
    schedule: null,
    metadata: SESSION.metadata,
  }
  const subscription = (over: object = {}) =>
    read('customer.subscription.updated', { ...SUBSCRIPTION, ...over })

  test('says nothing by itself of a new card, which is asked for', () => {
    const told = (previous_attributes?: object) =>
      translateEvent({
        type: 'customer.subscription.updated',
        created: CREATED,
        data: { object: SUBSCRIPTION, previous_attributes },
      }).event
    expect(told({ default_payment_method: 'pm_1' })).toBeNull()
    expect(told({ default_payment_method: null })).toBeNull()
    expect(told({ status: 'past_due' })).toMatchObject({ kind: 'subscription', card: null })
    expect(told()).toMatchObject({ kind: 'subscription' })
  })

  test('says which product, until when, and that nothing was paid', () => {
    expect(subscription()).toEqual({
      kind: 'subscription',
      subscription_id: 'sub_1',
      customer_id: 'cus_1',
      product_id: 'prod_monthly',
      quantity: 1,
      status: 'active',
      period_start: AT,
      period_end: new Date((CREATED + 60) * 1000).toISOString(),
      cancel_at_period_end: false,
      scheduled_product_id: null,
      trial: false,
      paid: false,
      card: null,
      occurred_at: OCCURRED_AT,
    })
  })

  test.each([
    ['trialing', 'active', true],
    ['past_due', 'past_due', false],
    ['unpaid', 'on_hold', false],
    ['paused', 'paused', false],
    ['incomplete', 'pending', false],
    ['incomplete_expired', 'failed', false],
    ['canceled', 'cancelled', false],
  ])('that is %s at Stripe is %s here', (status, ours, trial) => {
    expect(subscription({ status })).toMatchObject({ status: ours, trial })
  })

  test('ends with its period when it says so, or is to end by then', () => {
    expect(subscription({ cancel_at_period_end: true })).toMatchObject({ cancel_at_period_end: true })
    expect(subscription({ cancel_at: CREATED + 60 })).toMatchObject({ cancel_at_period_end: true })
    expect(subscription({ cancel_at: CREATED + 61 })).toMatchObject({ cancel_at_period_end: false })
  })

  test('of somebody else says nothing, whatever it looks like, nor does one whose schedule is asked for', () => {
    expect(subscription({ metadata: {}, items: null })).toBeNull()
    expect(subscription({ schedule: 'sub_sched_1' })).toBeNull()
  })

  test('of a status nobody knows, or without an item, throws', () => {
    expect(() => subscription({ status: 'something_new' })).toThrow()
    expect(() => subscription({ items: { data: [] } })).toThrow()
  })
})
