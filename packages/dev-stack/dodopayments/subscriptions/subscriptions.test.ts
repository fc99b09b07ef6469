import DodoPayments from 'dodopayments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from '../testing.ts'
import { DAY_MS } from '../time.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

const renew = (id: string, body: object = {}) =>
  sandbox.control('POST', `/sandbox/subscriptions/${id}/renew`, body)
const retrieve = (id: string) => sandbox.client.subscriptions.retrieve(id)
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS

test('the first payment starts a subscription, in three deliveries of their own', async () => {
  const session = await sandbox.createCheckout({
    product_cart: [{ product_id: 'pdt_monthly', quantity: 2 }],
    metadata: { user_id: 'u1' },
  })
  const response = await sandbox.pay(session.url, CARDS.success)
  await sandbox.idle()
  expect(new Set(sandbox.received.map(({ id }) => id)).size).toBe(3)
  const [active, paid, renewed] = sandbox.received
  expect([active?.type, paid?.type, renewed?.type]).toEqual([
    'subscription.active',
    'payment.succeeded',
    'subscription.renewed',
  ])
  expect(active?.data).toMatchObject({
    payload_type: 'Subscription',
    status: 'active',
    product_id: 'pdt_monthly',
    quantity: 2,
    recurring_pre_tax_amount: 3800,
    metadata: { user_id: 'u1' },
  })
  const { subscription_id } = active?.data ?? {}
  expect(paid?.data).toMatchObject({
    payload_type: 'Payment',
    total_amount: 3800,
    subscription_id,
    subscription_ids: [subscription_id],
    checkout_session_id: session.id,
    metadata: { user_id: 'u1' },
  })
  expect(renewed?.data).toEqual(active?.data)
  const back = new URL(response.headers.get('location') ?? '')
  expect(Object.fromEntries(back.searchParams)).toEqual({
    subscription_id,
    status: 'active',
    email: 'buyer@example.com',
  })
  expect((await sandbox.client.checkoutSessions.retrieve(session.id)).payment_status).toBe('succeeded')
})

test('a renewal charges the next period and moves the dates on', async () => {
  const id = await sandbox.subscribe()
  const before = await retrieve(id)
  expect(days(before.previous_billing_date, before.next_billing_date)).toBeGreaterThanOrEqual(28)
  await renew(id)
  expect(await sandbox.events()).toEqual(['payment.succeeded', 'subscription.renewed'])
  const after = await retrieve(id)
  expect(Date.parse(after.previous_billing_date)).toBeGreaterThan(Date.parse(before.previous_billing_date))
  expect(days(after.previous_billing_date, after.next_billing_date)).toBeGreaterThanOrEqual(28)
  const { items } = await sandbox.client.payments.list({ subscription_id: id })
  expect(items.map(({ total_amount }) => total_amount)).toEqual([1900, 1900])
  const renewal = await sandbox.client.payments.retrieve(items[0]?.payment_id ?? '')
  expect(renewal.checkout_session_id).toBeNull()
})

test('renewals in a row are periods of their own, each told as it stood', async () => {
  const id = await sandbox.subscribe()
  await renew(id, { times: 3 })
  await sandbox.idle()
  const renewed = sandbox.received.filter(({ type }) => type === 'subscription.renewed')
  const starts = renewed.map(({ data }) => String(data.previous_billing_date))
  expect(new Set(starts).size).toBe(3)
  expect(starts).toEqual(starts.toSorted())
})

test('a card that fails on renewal puts the subscription on hold until a charge goes through', async () => {
  const id = await sandbox.subscribe(CARDS.failsOnRenewal)
  await renew(id)
  expect(await sandbox.events()).toEqual(['payment.failed', 'subscription.on_hold'])
  expect((await retrieve(id)).status).toBe('on_hold')
  await renew(id, { outcome: 'succeeded' })
  expect(await sandbox.events()).toEqual(['subscription.active', 'payment.succeeded', 'subscription.renewed'])
  expect((await retrieve(id)).status).toBe('active')
})

test('the next renewal ends as it was told to, and the one after as usual', async () => {
  const id = await sandbox.subscribe()
  const next = (outcome: string) =>
    sandbox.control('POST', `/sandbox/subscriptions/${id}/next-renewal`, { outcome })
  await next('past_due')
  await renew(id)
  expect(await sandbox.events()).toEqual(['payment.failed', 'subscription.past_due'])
  expect((await retrieve(id)).status).toBe('past_due')
  await renew(id)
  expect(await sandbox.events()).toEqual(['subscription.active', 'payment.succeeded', 'subscription.renewed'])
  await next('payment_failed')
  await renew(id)
  expect(await sandbox.events()).toEqual(['payment.failed'])
  expect((await retrieve(id)).status).toBe('active')
})

test('a trial is active at once and free, and renews when it ends', async () => {
  const id = await sandbox.subscribe(CARDS.success, { subscription_data: { trial_period_days: 14 } })
  const types = (await sandbox.deliveries()).map(({ type }) => type)
  expect(types).toEqual(['subscription.active', 'payment.succeeded'])
  const trial = await retrieve(id)
  expect(trial).toMatchObject({ status: 'active', trial_period_days: 14, recurring_pre_tax_amount: 1900 })
  expect(days(trial.created_at, trial.next_billing_date)).toBe(14)
  const [first] = (await sandbox.client.payments.list({ subscription_id: id })).items
  expect(first?.total_amount).toBe(0)
  await sandbox.client.subscriptions.update(id, { next_billing_date: new Date().toISOString() })
  await expect
    .poll(() => sandbox.received.map(({ type }) => type))
    .toEqual(['subscription.updated', 'payment.succeeded', 'subscription.renewed'])
  const [paid] = (await sandbox.client.payments.list({ subscription_id: id })).items
  expect(paid?.total_amount).toBe(1900)
})

test('a declined first payment fails its subscription', async () => {
  const session = await sandbox.createCheckout({
    product_cart: [{ product_id: 'pdt_monthly', quantity: 1 }],
  })
  const page = await (await sandbox.pay(session.url, CARDS.declined)).text()
  expect(page).toMatch(/payment-success\?subscription_id=sub_\w+&amp;status=failed/)
  expect(await sandbox.events()).toEqual(['payment.failed', 'subscription.failed'])
  await sandbox.pay(session.url, CARDS.success)
  const { items } = await sandbox.client.subscriptions.list()
  expect(items.map(({ status }) => status)).toEqual(['active', 'failed'])
})

test('a slow first payment leaves the subscription pending until it succeeds', async () => {
  const session = await sandbox.createCheckout({
    product_cart: [{ product_id: 'pdt_yearly', quantity: 1 }],
  })
  await sandbox.pay(session.url, CARDS.slow)
  const [pending] = (await sandbox.client.subscriptions.list()).items
  expect(pending?.status).toBe('pending')
  await expect
    .poll(() => sandbox.received.map(({ type }) => type))
    .toEqual(['payment.processing', 'subscription.active', 'payment.succeeded', 'subscription.renewed'])
})

test('a checkout may sell one subscription and things beside it, but not two', async () => {
  const line = (product_id: string) => ({ product_id, quantity: 1 })
  const cart = [line('pdt_monthly'), line('pdt_starter')]
  const id = await sandbox.subscribe(CARDS.success, {
    product_cart: cart,
    subscription_data: { trial_period_days: 7 },
  })
  const [paid] = (await sandbox.client.payments.list({ subscription_id: id })).items
  expect(paid?.total_amount).toBe(999)
  await expect(
    sandbox.createCheckout({ product_cart: [line('pdt_monthly'), line('pdt_yearly')] }),
  ).rejects.toThrow(DodoPayments.UnprocessableEntityError)
})

test('subscriptions are filtered by customer, status, product and date', async () => {
  const id = await sandbox.subscribe()
  const { customer } = await retrieve(id)
  const list = async (query: DodoPayments.SubscriptionListParams) =>
    (await sandbox.client.subscriptions.list(query)).items.map((item) => item.subscription_id)
  const future = new Date(Date.now() + DAY_MS).toISOString()
  expect(
    await list({ customer_id: customer.customer_id, status: 'active', product_id: 'pdt_monthly' }),
  ).toEqual([id])
  expect(await list({ status: 'on_hold' })).toEqual([])
  expect(await list({ product_id: 'pdt_yearly' })).toEqual([])
  expect(await list({ created_at_gte: future })).toEqual([])
  expect(await list({ created_at_lte: future })).toEqual([id])
})

test('a restart keeps a subscription, its card and the outcome set for its next renewal', async () => {
  const id = await sandbox.subscribe(CARDS.failsOnRenewal)
  await sandbox.control('POST', `/sandbox/subscriptions/${id}/next-renewal`, { outcome: 'past_due' })
  const before = await retrieve(id)
  await sandbox.restart()
  expect(await retrieve(id)).toEqual(before)
  await renew(id)
  expect((await retrieve(id)).status).toBe('past_due')
  await renew(id)
  expect((await retrieve(id)).status).toBe('on_hold')
})
