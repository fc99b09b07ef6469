import type DodoPayments from 'dodopayments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from './testing.ts'
import type { Delivery } from './types.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

const faults = (body: object) => sandbox.control('POST', '/sandbox/faults', body)
const buy = async () => sandbox.pay((await sandbox.createCheckout()).url, CARDS.success)
const heldIds = async () => (await sandbox.deliveries()).map(({ id }) => id)
const receivedIds = () => sandbox.received.map(({ id }) => id)

async function holdThree(): Promise<string[]> {
  await faults({ hold: 3 })
  for (let count = 0; count < 3; count += 1) await buy()
  expect(sandbox.received).toEqual([])
  return heldIds()
}

test('held events go out in the order they came', async () => {
  const ids = await holdThree()
  await sandbox.control('POST', '/sandbox/release')
  await sandbox.idle()
  expect(receivedIds()).toEqual(ids)
})

test('held events go out reversed, each after the one before, however slow the merchant is', async () => {
  const ids = await holdThree()
  sandbox.answerWith(async (attempt) => {
    if (attempt === 1) await new Promise((resolve) => setTimeout(resolve, 50))
    return new Response('ok')
  })
  await sandbox.control('POST', '/sandbox/release', { reverse: true })
  await sandbox.idle()
  expect(receivedIds()).toEqual(ids.toReversed())
})

test('held events go out in the order asked for, and what is not named stays', async () => {
  const [first = '', second = '', third = ''] = await holdThree()
  await sandbox.control('POST', '/sandbox/release', { order: [second, first] })
  await sandbox.idle()
  expect(receivedIds()).toEqual([second, first])
  const [left] = (await sandbox.deliveries()).filter(({ status }) => status === 'held')
  expect(left?.id).toBe(third)
  expect(await sandbox.control('POST', '/sandbox/release', { order: [first] })).toMatchObject({
    code: 'DELIVERY_NOT_HELD',
  })
})

test('what is about one buyer is held back, and what others do goes out', async () => {
  const hold = (on: boolean) => sandbox.control('POST', '/sandbox/hold', { about: 'ada@example.test', on })
  const buyAs = async (email: string) =>
    sandbox.pay((await sandbox.createCheckout({ customer: { email, name: 'Buyer' } })).url, CARDS.success)
  await hold(true)
  await buyAs('ada@example.test')
  await buyAs('grace@example.test')
  await sandbox.idle()
  const [ofAda, ofGrace] = await sandbox.deliveries()
  expect([ofAda?.status, ofGrace?.status]).toEqual(['held', 'delivered'])
  await hold(false)
  await buyAs('ada@example.test')
  await sandbox.idle()
  expect(receivedIds()).toEqual([ofGrace?.id, (await heldIds())[2]])
  await sandbox.control('POST', '/sandbox/release')
  await sandbox.idle()
  expect(receivedIds().at(-1)).toBe(ofAda?.id)
})

test('an event can arrive twice at once, under one id', async () => {
  await faults({ duplicate: 1 })
  await buy()
  await buy()
  await expect.poll(() => sandbox.received.length).toBe(3)
  expect(new Set(receivedIds()).size).toBe(2)
  expect((await sandbox.deliveries()).map(({ attempts }) => attempts.length).sort()).toEqual([1, 2])
})

test('a delayed event is overtaken by the next one', async () => {
  await faults({ delay: 1, delayMilliseconds: 2_000 })
  await buy()
  await buy()
  await sandbox.idle()
  const [late, prompt] = await heldIds()
  expect(receivedIds()).toEqual([prompt, late])
})

test('a released event that gets lost is tried again', async () => {
  await faults({ hold: 1, fail: 1 })
  await buy()
  await sandbox.control('POST', '/sandbox/release')
  await sandbox.idle()
  const [delivery] = await sandbox.deliveries()
  expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ status: null }, { status: 200 }] })
})

test('faults and held events survive a restart', async () => {
  await faults({ hold: 1, duplicate: 7 })
  await buy()
  await sandbox.restart()
  expect(await faults({})).toMatchObject({ hold: 0, duplicate: 7 })
  await sandbox.control('POST', '/sandbox/release')
  await sandbox.idle()
  expect(sandbox.received).toHaveLength(1)
})

test('any event can be sent about any object, even one that is not true', async () => {
  const id = await sandbox.subscribe()
  const object = { kind: 'subscription', id }
  await sandbox.control<Delivery>('POST', '/sandbox/events', { type: 'license_key.created', object })
  await sandbox.control('POST', '/sandbox/events', {
    type: 'subscription.on_hold',
    object,
    data: { status: 'on_hold', metadata: {} },
  })
  await sandbox.idle()
  expect(sandbox.received).toMatchObject([
    { type: 'license_key.created', data: { subscription_id: id, status: 'active' } },
    { type: 'subscription.on_hold', data: { subscription_id: id, status: 'on_hold', metadata: {} } },
  ])
  const missing = { type: 'payment.succeeded', object: { kind: 'payment', id: 'pay_none' } }
  expect(await sandbox.control('POST', '/sandbox/events', missing)).toMatchObject({
    code: 'PAYMENT_NOT_FOUND',
  })
})

test('a refused switch says why, to tests and on the page', async () => {
  const id = await sandbox.subscribe()
  await sandbox.client.subscriptions.update(id, { status: 'paused' })
  const to = `/sandbox/subscriptions/${id}/pause`
  const message = 'Only an active subscription can be paused.'
  expect(await sandbox.control<DodoPayments.Subscription>('POST', to)).toMatchObject({ message })
  const response = await fetch(sandbox.url + to, { method: 'POST' })
  expect(new URL(response.url).pathname).toBe('/')
  expect(await response.text()).toContain(message)
})
