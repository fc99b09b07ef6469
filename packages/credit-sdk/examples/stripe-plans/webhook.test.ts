import Stripe from 'stripe'
import { beforeEach, expect, test } from 'vitest'
import { handleWebhook, openApp } from './webhook.ts'

const secret = 'whsec_of_this_test'
const stripe = new Stripe('sk_test_of_this_test')
/** 2100, in Stripe's seconds. */
const END = 4_102_444_800

let app: ReturnType<typeof openApp>

beforeEach(async () => {
  app = openApp()
  const user = { id: 'ada', email: 'ada@example.com', stripe_customer_id: 'cus_1' }
  await app.db.insertInto('users').values(user).execute()
})

function send(
  invoiceId: string,
  { price = 'price_pro', customer = 'cus_1', signedWith = secret, end = END } = {},
) {
  const line = { pricing: { price_details: { price } }, period: { start: 0, end } }
  const invoice = { id: invoiceId, object: 'invoice', customer, lines: { data: [line] } }
  const event = { id: `evt_${invoiceId}`, object: 'event', type: 'invoice.paid', data: { object: invoice } }
  const payload = JSON.stringify(event)
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret: signedWith })
  const headers = { 'stripe-signature': header }
  const request = new Request('http://localhost/webhook', { method: 'POST', body: payload, headers })
  return handleWebhook(app, request, { stripe, secret })
}

test('a paid invoice brings the credits of a month once, however often it is told', async () => {
  const answers = await Promise.all([send('in_1'), send('in_1'), send('in_1')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await app.engine.queryBalance('ada')).toBe(1000)
  await send('in_2')
  expect(await app.engine.queryBalance('ada')).toBe(2000)
  expect((await app.engine.charge({ userId: 'ada', action: 'export-data' })).cost).toBe(50)
})

test('an event somebody else signed changes nothing', async () => {
  expect((await send('in_1', { signedWith: 'whsec_of_somebody_else' })).status).toBe(400)
  expect(await app.engine.queryBalance('ada')).toBe(0)
})

test('an invoice for something else is acknowledged, and one of an unknown customer is asked for again', async () => {
  expect((await send('in_1', { price: 'price_shirt' })).status).toBe(200)
  await expect(send('in_2', { customer: 'cus_2' })).rejects.toThrow('cus_2')
  expect(await app.engine.queryBalance('ada')).toBe(0)
})

test('a plan that was not paid again ends: its credits stay, its price does not', async () => {
  await send('in_1', { end: 1 })
  expect((await app.engine.charge({ userId: 'ada', action: 'api-call' })).cost).toBe(10)
  expect(await app.engine.validateAccess('ada', 'export-data')).toBe(false)
})
