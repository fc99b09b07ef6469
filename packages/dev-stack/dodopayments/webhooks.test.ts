import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, startFixture } from './testing.ts'

const SUCCESS = '4242424242424242'
let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

async function buy(number = SUCCESS) {
  return sandbox.pay((await sandbox.createCheckout()).url, number)
}

test('a payment arrives as a webhook that the SDK verifies', async () => {
  await buy()
  await sandbox.idle()
  const { items } = await sandbox.client.payments.list()
  expect(sandbox.received).toEqual([
    {
      id: expect.stringMatching(/^msg_/),
      business_id: 'bus_sandbox',
      type: 'payment.succeeded',
      timestamp: expect.any(String),
      data: {
        payload_type: 'Payment',
        ...(await sandbox.client.payments.retrieve(items[0]?.payment_id ?? '')),
      },
    },
  ])
})

test('declined and slow cards send their own events', async () => {
  await buy('4000000000000002')
  await buy('4000000000000077')
  await expect.poll(() => sandbox.received.map(({ type }) => type)).toContain('payment.succeeded')
  expect(sandbox.received.map(({ type }) => type).sort()).toEqual([
    'payment.failed',
    'payment.processing',
    'payment.succeeded',
  ])
})

test('a refused delivery comes again under the same id until it is acknowledged', async () => {
  sandbox.answerWith((attempt) => new Response(null, { status: attempt < 3 ? 500 : 204 }))
  await buy()
  await sandbox.idle()
  expect(new Set(sandbox.received.map(({ id }) => id)).size).toBe(1)
  const [delivery] = await sandbox.deliveries()
  expect(delivery).toMatchObject({ status: 'delivered', nextAttemptAt: null })
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 500, 204])
})

test('a delivery that is never acknowledged fails when the schedule ends, and can be sent again', async () => {
  sandbox.answerWith(() => new Response('no', { status: 500 }))
  await buy()
  await sandbox.idle()
  const [failed] = await sandbox.deliveries()
  expect(failed).toMatchObject({ status: 'failed', attempts: { length: 3 } })
  sandbox.answerWith(() => new Response('ok'))
  await sandbox.control('POST', `/sandbox/deliveries/${failed?.id}/resend`, {})
  await sandbox.idle()
  expect(await sandbox.deliveries()).toMatchObject([{ id: failed?.id, status: 'delivered' }])
})

test('a merchant that does not answer counts as a refusal', async () => {
  await sandbox.close()
  sandbox = await startFixture({ deliveryTimeout: 1_000 })
  sandbox.answerWith((attempt) =>
    attempt === 1 ? new Promise<Response>(() => {}) : Promise.resolve(new Response('ok')),
  )
  await buy()
  await sandbox.idle()
  const [delivery] = await sandbox.deliveries()
  expect(delivery?.attempts.map(({ status, error }) => [status, error])).toEqual([
    [null, 'No answer in time.'],
    [200, null],
  ])
})

test('the payload is the payment as it stands at delivery', async () => {
  await sandbox.control('POST', '/sandbox/faults', { hold: 1 })
  await buy('4000000000000077')
  await expect.poll(() => sandbox.received.length).toBe(1)
  await sandbox.control('POST', '/sandbox/release')
  await sandbox.idle()
  expect(sandbox.received.map(({ type, data }) => [type, data.status])).toEqual([
    ['payment.succeeded', 'succeeded'],
    ['payment.processing', 'succeeded'],
  ])
})

test('deliveries can be lost, duplicated under one id, and repeated under new ones', async () => {
  await sandbox.control('POST', '/sandbox/faults', { fail: 1 })
  await buy()
  await sandbox.idle()
  const [delivery] = await sandbox.deliveries()
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([null, 200])
  await sandbox.control('POST', `/sandbox/deliveries/${delivery?.id}/resend`, { times: 5 })
  await sandbox.control('POST', `/sandbox/deliveries/${delivery?.id}/resend`, { times: 5, asNew: true })
  await expect.poll(() => sandbox.received.length).toBe(11)
  await sandbox.idle()
  expect(new Set(sandbox.received.map(({ id }) => id)).size).toBe(6)
  expect((await sandbox.deliveries()).every(({ status }) => status === 'delivered')).toBe(true)
})

test('a restart keeps payments and takes up undelivered webhooks and unsettled payments', async () => {
  await sandbox.close()
  const retrySchedule = [0, ...Array<number>(1_000).fill(100)]
  sandbox = await startFixture({ retrySchedule, settlementDelay: 2_000 })
  sandbox.answerWith(() => new Response('down', { status: 503 }))
  await buy('4000000000000077')
  await expect.poll(() => sandbox.received.length).toBeGreaterThanOrEqual(1)
  const [before] = (await sandbox.client.payments.list()).items
  await sandbox.restart()
  sandbox.answerWith(() => new Response('ok'))
  expect((await sandbox.client.payments.list()).items[0]?.payment_id).toBe(before?.payment_id)
  await expect
    .poll(async () => (await sandbox.deliveries()).map(({ type, status }) => [type, status]))
    .toEqual([
      ['payment.processing', 'delivered'],
      ['payment.succeeded', 'delivered'],
    ])
  expect((await sandbox.client.payments.retrieve(before?.payment_id ?? '')).status).toBe('succeeded')
})

test('the overview lists payments and deliveries and sends one again by its button', async () => {
  expect(await (await fetch(sandbox.url)).text()).toContain('Nothing has been paid yet')
  await buy()
  await sandbox.idle()
  const [delivery] = await sandbox.deliveries()
  const page = await (await fetch(sandbox.url)).text()
  for (const text of ['$39.99', 'buyer@example.com', 'payment.succeeded', 'delivered'])
    expect(page).toContain(text)
  const resend = `${sandbox.url}/sandbox/deliveries/${delivery?.id}/resend`
  const response = await fetch(resend, { method: 'POST', redirect: 'manual' })
  expect(response.status).toBe(303)
  await expect.poll(() => sandbox.received.length).toBe(2)
})
