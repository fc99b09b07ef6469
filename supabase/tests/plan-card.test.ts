import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findEvents } from '../../lib/payments/stripe/find-events.ts'
import { type Engine, openEngine } from './engine.ts'
import {
  type Buyer,
  chargeData,
  createBuyer,
  day,
  delivery,
  newId,
  openCheckout,
  receive,
  receiveAll,
  subscriptionData,
} from './events.ts'
import { lookupOf, seconds, toSubscription } from './stripe-objects.ts'

const VISA = { card_network: 'VISA', card_last_four: '4242' }
const MASTERCARD = { card_network: 'MASTERCARD', card_last_four: '4444' }

let engine: Engine
let buyer: Buyer
let session: string
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  buyer = await createBuyer(engine)
  session = await openCheckout(engine, buyer, 'pro-monthly')
  const plan = subscriptionData(buyer)
  await receiveAll(engine, [delivery('subscription.active', plan), delivery('subscription.renewed', plan)])
  return () => engine.expectSoundLedger()
})

const charge = (over: Record<string, unknown>, status = 'succeeded') =>
  receive(
    engine,
    delivery(`payment.${status}`, chargeData(buyer, null, { payment_id: newId('pay'), ...over })),
  )

async function card() {
  const [row] = await engine.owner`
    select card_brand as brand, card_last_four as last_four, card_expires_on::text as expires_on
    from subscriptions where user_id = ${buyer.userId}`
  return row && { ...row }
}

test('the card of the newest charge pays the plan, however late an older one is told of', async () => {
  expect(await card()).toEqual({ brand: null, last_four: null, expires_on: null })
  await charge({ ...MASTERCARD, created_at: day(31) })
  await charge({ ...VISA, created_at: day(1), checkout_session_id: session })
  expect(await card()).toEqual({ brand: 'MASTERCARD', last_four: '4444', expires_on: null })
})

test('a charge that failed, or says of no card, changes nothing', async () => {
  await charge({ ...VISA, created_at: day(1) })
  await charge({ ...MASTERCARD, created_at: day(2), error_message: 'Declined.' }, 'failed')
  await charge({ card_network: null, card_last_four: null, created_at: day(3) })
  expect(await card()).toMatchObject({ last_four: '4242' })
})

test('a new card that is checked pays the plan from then on, and grants and charges nothing', async () => {
  await charge({ ...VISA, created_at: day(1) })
  const counted = () => engine.owner`
    select count(*)::int as payments from payments where user_id = ${buyer.userId}`
  const before = await counted()
  const checked = { ...MASTERCARD, is_update_payment_method: true, total_amount: 0, created_at: day(2) }
  expect(await charge(checked)).toMatchObject({ ok: true, replayed: false })
  expect(await card()).toMatchObject({ brand: 'MASTERCARD', last_four: '4444' })
  expect(await charge({ ...checked, ...VISA, created_at: day(1) })).toMatchObject({ replayed: true })
  expect(await card()).toMatchObject({ last_four: '4444' })
  expect(await counted()).toEqual(before)
})

test('a card of a subscription that is none of ours is refused', async () => {
  const checked = { ...VISA, is_update_payment_method: true, total_amount: 0 }
  expect(await charge({ ...checked, subscription_id: 'sub_of_a_stranger' })).toMatchObject({
    ok: false,
    code: 'unknown_subscription',
  })
})

test('a card leaves the plan of nobody else', async () => {
  const other = await createBuyer(engine)
  await openCheckout(engine, other, 'pro-monthly')
  await receive(engine, delivery('subscription.active', subscriptionData(other)))
  await charge({ ...VISA, created_at: day(1) })
  const [row] = await engine.owner`
    select card_last_four from subscriptions where user_id = ${other.userId}`
  expect(row).toEqual({ card_last_four: null })
})

test('closing the account forgets the card', async () => {
  await charge({ ...VISA, created_at: day(1) })
  await receive(
    engine,
    delivery('subscription.expired', subscriptionData(buyer, { status: 'expired' }), day(31)),
  )
  await engine.owner`select private.forget_person(${buyer.userId})`
  expect(await card()).toEqual({ brand: null, last_four: null, expires_on: null })
})

test('Stripe names the card of a plan when it was changed, with its last day', async () => {
  const data = subscriptionData(buyer)
  const whole = {
    ...toSubscription(data, 'active'),
    default_payment_method: {
      id: 'pm_2',
      card: { brand: 'visa', last4: '4242', exp_month: 2, exp_year: 2028 },
    },
  }
  const event = (previous_attributes?: object) => ({
    type: 'customer.subscription.updated',
    created: seconds(day(1)),
    data: { object: { ...whole, default_payment_method: 'pm_2' }, previous_attributes },
  })
  const asked = { ...lookupOf(delivery('subscription.updated', data)), subscription: async () => whole }
  expect(await findEvents(event({ default_payment_method: 'pm_1' }), asked)).toMatchObject([
    { kind: 'subscription', card: { brand: 'visa', last_four: '4242', expires_on: '2028-02-29' } },
  ])
  expect(await findEvents(event({ cancel_at_period_end: false }), asked)).toEqual([])
  expect(await findEvents(event(), asked)).toEqual([])
})
