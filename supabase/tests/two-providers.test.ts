import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { findPurchase } from '../../lib/payments/checkout/find-purchase.ts'
import { readGrantingTransaction } from '../../lib/payments/checkout/read-granting-transaction.ts'
import { dodoPayments } from '../../lib/payments/dodopayments/index.ts'
import { eventKey, storeEvent } from '../../lib/payments/events/store-event.ts'
import { providerOf } from '../../lib/payments/index.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { day, newId, storeAndApply } from './events.ts'

vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

const PROVIDERS = ['dodopayments', 'another']

let app: Engine
let userId: string
beforeAll(async () => {
  app = await openApp()
  await app.owner`
    insert into package_products (package_id, provider, product_id)
    select package_id, 'another', product_id from package_products where provider = 'dodopayments'`
})
afterAll(async () => {
  await app.expectSoundLedger()
  await app.close()
})
/** One user, known to both providers under the same id, with a checkout of the same id open at both. */
beforeEach(async () => {
  userId = await app.createUser()
  for (const p_provider of PROVIDERS) {
    const common = { p_user_id: userId, p_provider }
    await app.call('link_customer', { ...common, p_customer_id: `cus_${userId}` })
    for (const p_package_id of ['pro', 'pro-monthly']) {
      const p_checkout_session_id = `cks_${p_package_id}_${userId}`
      await app.call('record_checkout', { ...common, p_package_id, p_checkout_session_id })
    }
  }
})

const tell = (p_provider: string, event: object, p_id = newId('evt')) =>
  storeAndApply(app, { p_id, p_type: 'event', p_payload: {}, p_provider }, event)

const paid = () => ({
  kind: 'payment',
  payment_id: `pay_${userId}`,
  checkout_session_id: `cks_pro_${userId}`,
  subscription_id: null,
  customer_id: `cus_${userId}`,
  status: 'succeeded',
  product_id: 'pdt_pro',
  quantity: 1,
  amount: 3999,
  currency: 'USD',
  failure_reason: null,
  tax: null,
  charged_at: day(0),
})
const renewed = () => ({
  kind: 'subscription',
  subscription_id: `sub_${userId}`,
  customer_id: `cus_${userId}`,
  product_id: 'pdt_pro_monthly',
  quantity: 1,
  status: 'active',
  period_start: day(0),
  period_end: day(30),
  cancel_at_period_end: false,
  scheduled_product_id: null,
  trial: false,
  paid: true,
  occurred_at: day(0),
})
const refunded = () => ({
  kind: 'refund',
  refund_id: `ref_${userId}`,
  payment_id: `pay_${userId}`,
  request_id: null,
  status: 'succeeded',
  amount: 3999,
  currency: 'USD',
  whole: true,
  reason: null,
})

test('payments of the same id at two providers are two purchases, each with its credits and its receipt', async () => {
  for (const provider of PROVIDERS)
    expect(await tell(provider, paid())).toMatchObject({ ok: true, replayed: false })
  expect(await app.ledger(userId)).toEqual(['purchase 500', 'purchase 500'])
  const mails = await app.owner`select business_key from mails where user_id = ${userId} order by 1`
  expect(mails.map((mail) => mail.business_key)).toEqual([
    `receipt:another:pay_${userId}`,
    `receipt:dodopayments:pay_${userId}`,
  ])
})

test('a refund takes back what was bought at its own provider, whatever the other one calls alike', async () => {
  for (const provider of PROVIDERS) await tell(provider, paid())
  await tell('another', refunded())
  expect(
    await app.owner`select provider, refunded_amount::int as back from payments
    where user_id = ${userId} and status = 'succeeded' order by provider`,
  ).toEqual([
    { provider: 'another', back: 3999 },
    { provider: 'dodopayments', back: 0 },
  ])
  await tell('dodopayments', refunded())
  expect(await app.wallet(userId)).toMatchObject({ balance: 0 })
})

test('periods of subscriptions of the same id at two providers are two periods, and each plan shows its own', async () => {
  for (const provider of PROVIDERS) await tell(provider, renewed())
  expect(await app.ledger(userId)).toEqual(['subscription_grant 500', 'subscription_grant 500'])
  const grantAt = (provider: string) =>
    readGrantingTransaction({
      subscription: { user_id: userId, provider, provider_subscription_id: `sub_${userId}` },
    })
  expect(await grantAt('another')).toMatchObject({ credits: 500 })
  expect(await grantAt('a third one')).toBeNull()
  // One of two plans is ended again, as the server does with a second one.
  await tell('another', { ...renewed(), status: 'cancelled', paid: false, occurred_at: day(1) })
})

test('somebody who returns from a checkout sees the purchase at that provider', async () => {
  await tell('another', paid())
  const named = { paymentId: `pay_${userId}`, sessionId: null, subscriptionId: null }
  expect(await findPurchase(userId, { ...named, provider: 'another' })).toMatchObject({ state: 'succeeded' })
  expect(await findPurchase(userId, { ...named, provider: 'dodopayments' })).toMatchObject({
    state: 'waiting',
  })
})

test('the provider is asked about its own payment, and about its own refund', async () => {
  await app.owner`update payments set checked_at = now() - interval '1 minute' where user_id = ${userId} and provider = 'dodopayments'`
  expect(await app.call('claim_payment_check', { p_user_id: userId })).toMatchObject({ provider: 'another' })

  await tell('another', paid())
  const [payment] = await app.owner<{ id: string }[]>`
    select id from payments where user_id = ${userId} and status = 'succeeded'`
  const request = await app.call('request_payment_refund', {
    p_payment_id: payment?.id ?? '',
    p_reason: 'Asked for by the buyer',
    p_actor_id: await app.createAdmin(),
    p_idempotency_key: newId('key'),
  })
  expect(request).toMatchObject({ ok: true, provider: 'another' })
})

test('an event is never taken for a repeated one because another provider used its id', async () => {
  const id = newId('evt')
  await tell('dodopayments', paid(), id)
  const stored = await app.call('store_payment_event', {
    p_id: id,
    p_type: 'event',
    p_payload: {},
    p_provider: 'another',
  })
  expect(stored).toMatchObject({ ok: false, code: 'event_taken' })
  // The server stores each under the name of its provider, so they do not meet.
  expect(eventKey(dodoPayments, id)).toBe(`dodopayments:${id}`)
  const event = {
    key: eventKey({ id: 'another' }, id),
    type: 'event',
    payload: {},
    source: 'webhook',
  } as const
  expect(await storeEvent({ ...dodoPayments, id: 'another' }, event)).toBe('received')
})

test('what belongs to a provider without keys says so, and is never asked of another one', () => {
  expect(providerOf('dodopayments')).toBe(dodoPayments)
  expect(() => providerOf('another')).toThrow('The payment provider another is not set up on this server')
})
