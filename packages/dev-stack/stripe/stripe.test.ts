import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CARDS, type Fixture, startFixture } from './testing.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const typesOf = (events: Stripe.Event[]) => events.map(({ type }) => type)
const idOf = (reference: string | { id: string } | null) =>
  typeof reference === 'string' ? reference : (reference?.id ?? '')

async function buy(): Promise<string> {
  const session = await fixture.createCheckout()
  await fixture.pay(session)
  await fixture.events()
  return idOf((await fixture.client.checkout.sessions.retrieve(session.id)).payment_intent)
}

test('a paid checkout leads back, and is told of in a signed event that the SDK accepts', async () => {
  const session = await fixture.createCheckout()
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 3999 })
  const paid = await fixture.pay(session)
  expect(paid.status).toBe(303)
  expect(paid.headers.get('location')).toBe(`http://localhost:3000/done?session_id=${session.id}`)
  const events = await fixture.events()
  expect(typesOf(events).sort()).toEqual(['checkout.session.completed', 'payment_intent.succeeded'])
  expect(events.find(({ type }) => type === 'checkout.session.completed')?.data.object).toMatchObject({
    id: session.id,
    payment_status: 'paid',
    metadata: { package_id: 'pro' },
  })
  const again = await fixture.client.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  expect(again.payment_intent).toMatchObject({ status: 'succeeded', amount_received: 3999 })
})

test.each([
  ['declined', CARDS.declined, 'Your card was declined.'],
  ['without funds', CARDS.poor, 'Your card has insufficient funds.'],
])('a card that is %s leaves the checkout open for another one', async (_name, card, message) => {
  const session = await fixture.createCheckout()
  const declined = await fixture.pay(session, card)
  expect(declined.status).toBe(200)
  expect(await declined.text()).toContain(message)
  expect(typesOf(await fixture.events())).toEqual(['payment_intent.payment_failed'])
  expect((await fixture.pay(session)).status).toBe(303)
  // Each attempt is one of the same payment.
  expect((await fixture.client.paymentIntents.list()).data).toMatchObject([{ status: 'succeeded' }])
})

test('a card that asks for authentication pays once the buyer gave it, and only then', async () => {
  for (const [answer, status] of [
    ['no', 200],
    ['yes', 303],
  ] as const) {
    const session = await fixture.createCheckout()
    expect(await (await fixture.pay(session, CARDS.asks)).text()).toContain('Your bank asks')
    const answered = await fixture.post(`${session.url}/authenticate`, { card: CARDS.asks, answer })
    expect(answered.status, answer).toBe(status)
  }
  expect(typesOf(await fixture.events())).toContain('checkout.session.completed')
})

test('a slow bank pays later', async () => {
  const session = await fixture.createCheckout()
  await fixture.pay(session, CARDS.slow)
  const all: Stripe.Event[] = []
  await vi.waitFor(async () => {
    all.push(...(await fixture.events()))
    expect(typesOf(all)).toContain('checkout.session.async_payment_succeeded')
  })
  const completed = all.find(({ type }) => type === 'checkout.session.completed')
  expect(completed?.data.object).toMatchObject({ payment_status: 'unpaid' })
})

test('two clicks pay once', async () => {
  const session = await fixture.createCheckout()
  const answers = await Promise.all([fixture.pay(session), fixture.pay(session)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
  const { data } = await fixture.client.paymentIntents.list()
  expect(data).toHaveLength(1)
})

test('a refund is made once per idempotency key, and never of more than is left', async () => {
  const payment_intent = await buy()
  const { refunds } = fixture.client
  const ask = (amount: number, idempotencyKey: string) =>
    refunds.create({ payment_intent, amount, metadata: { request_id: 'r' } }, { idempotencyKey })
  const first = await ask(1000, 'key')
  expect(await ask(1000, 'key')).toEqual(first)
  await expect(ask(2000, 'key')).rejects.toThrow(Stripe.errors.StripeIdempotencyError)
  await expect(ask(3000, 'other')).rejects.toMatchObject({ statusCode: 400 })
  await refunds.create({ payment_intent })
  await expect(refunds.create({ payment_intent })).rejects.toMatchObject({ code: 'charge_already_refunded' })
  expect((await refunds.list()).data.map(({ amount }) => amount)).toEqual([2999, 1000])
  const told = await fixture.events()
  expect(typesOf(told).sort()).toEqual([
    'charge.refunded',
    'charge.refunded',
    'refund.created',
    'refund.created',
  ])
  const charges = told.flatMap(({ data }) =>
    'amount_refunded' in data.object ? data.object.amount_refunded : [],
  )
  expect(charges).toEqual([1000, 3999])
})

test('a dispute is opened and lost at the bank', async () => {
  const payment = await buy()
  await fixture.post(`${fixture.url}/sandbox/payments/${payment}/dispute`, {})
  const [opened] = await fixture.events()
  expect(opened).toMatchObject({
    type: 'charge.dispute.created',
    data: { object: { status: 'needs_response' } },
  })
  const id = opened?.data.object && 'id' in opened.data.object ? opened.data.object.id : ''
  await fixture.post(`${fixture.url}/sandbox/disputes/${id}`, { status: 'lost' })
  expect(await fixture.events()).toMatchObject([
    { type: 'charge.dispute.closed', data: { object: { status: 'lost' } } },
  ])
})

test('lists go on where a page ended', async () => {
  for (let made = 0; made < 3; made += 1) await buy()
  const ids: string[] = []
  for await (const { id } of fixture.client.paymentIntents.list({ limit: 2 })) ids.push(id)
  expect(new Set(ids).size).toBe(3)
})

test('another key, an unknown id, and what the sandbox does not know are refused, as the SDK tells them apart', async () => {
  const { client, connect } = fixture
  await expect(connect('sk_test_other').customers.create()).rejects.toThrow(
    Stripe.errors.StripeAuthenticationError,
  )
  await expect(client.paymentIntents.retrieve('pi_none')).rejects.toMatchObject({ statusCode: 404 })
  await expect(client.customers.create({ email: 'a@example.com', phone: '1' })).rejects.toThrow(/phone/)
  await expect(client.coupons.list()).rejects.toThrow('The sandbox does not know GET /v1/coupons.')
})

test('a product is made, changed, taken off and listed', async () => {
  const { products } = fixture.client
  const made = await products.create({ name: 'More', metadata: { package_id: 'more' } })
  await products.update(made.id, { name: 'Much more' })
  expect(await products.retrieve(made.id)).toMatchObject({
    name: 'Much more',
    metadata: { package_id: 'more' },
  })
  await products.update(made.id, { active: false })
  const onSale = await products.list({ active: true })
  expect(onSale.data.map(({ id }) => id)).toEqual(['prod_yearly', 'prod_monthly', 'prod_pro'])
})

test('a paid checkout has an invoice, and a customer a way into the portal', async () => {
  const session = await fixture.createCheckout()
  await fixture.pay(session)
  const { invoice } = await fixture.client.checkout.sessions.retrieve(session.id)
  const { invoice_pdf } = await fixture.client.invoices.retrieve(idOf(invoice))
  expect((await (await fetch(invoice_pdf ?? '')).text()).slice(0, 5)).toBe('%PDF-')
  const portal = await fixture.client.billingPortal.sessions.create({
    customer: idOf(session.customer),
    return_url: 'http://localhost:3000/billing',
  })
  expect(await (await fetch(portal.url)).text()).toContain('http://localhost:3000/billing')
})
