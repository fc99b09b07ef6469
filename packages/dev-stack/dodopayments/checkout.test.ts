import { afterAll, beforeAll, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from './testing.ts'

const SUCCESS = '4242 4242 4242 4242'
let sandbox: Fixture
beforeAll(async () => {
  sandbox = await startFixture()
})
afterAll(() => sandbox.close())

const pageOf = async (url: string) => (await fetch(url)).text()

test('the page says what it is, what is bought and for how much', async () => {
  const page = await pageOf((await sandbox.createCheckout()).url)
  for (const text of ['no money moves', 'Pro', 'Pro credits', '$39.99', 'buyer@example.com']) {
    expect(page).toContain(text)
  }
})

test('the Back link is there only with a cancel_url', async () => {
  expect(await pageOf((await sandbox.createCheckout()).url)).not.toContain('class="back"')
  const cancellable = await sandbox.createCheckout({
    cancel_url: 'http://localhost:3000/buy-credits?cancelled=1',
  })
  expect(await pageOf(cancellable.url)).toContain('href="http://localhost:3000/buy-credits?cancelled=1"')
})

test('a paid checkout goes back to the merchant with the payment in the address', async () => {
  const session = await sandbox.createCheckout({ metadata: { user_id: 'u1' } })
  const response = await sandbox.pay(session.url, SUCCESS)
  expect(response.status).toBe(303)
  const back = new URL(response.headers.get('location') ?? '')
  const { payment_id, payment_status } = await sandbox.client.checkoutSessions.retrieve(session.id)
  expect(back.origin + back.pathname).toBe('http://localhost:3000/payment-success')
  expect(Object.fromEntries(back.searchParams)).toEqual({
    payment_id,
    status: 'succeeded',
    email: 'buyer@example.com',
  })
  expect(payment_status).toBe('succeeded')
  expect(await sandbox.client.payments.retrieve(payment_id ?? '')).toMatchObject({
    status: 'succeeded',
    total_amount: 3999,
    currency: 'USD',
    checkout_session_id: session.id,
    metadata: { user_id: 'u1' },
    product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
    error_code: null,
  })
})

test('a checkout is paid once, however often the form is sent', async () => {
  const session = await sandbox.createCheckout()
  const before = (await sandbox.client.payments.list()).items.length
  await Promise.all(Array.from({ length: 5 }, () => sandbox.pay(session.url, SUCCESS)))
  expect((await sandbox.client.payments.list()).items).toHaveLength(before + 1)
  expect(await pageOf(session.url)).toContain('cannot be used a second time')
})

test.each([
  ['4000000000000002', 'GENERIC_DECLINE', 'Your card was declined.'],
  ['4000000000009995', 'INSUFFICIENT_FUNDS', 'Your card has insufficient funds.'],
])('card %s is declined in words, and another card may follow', async (number, code, message) => {
  const session = await sandbox.createCheckout()
  const page = await (await sandbox.pay(session.url, number)).text()
  expect(page).toContain(message)
  expect(page).toContain('Nothing was charged')
  expect(page).toMatch(/payment-success\?payment_id=pay_\w+&amp;status=failed/)
  const failed = await sandbox.client.checkoutSessions.retrieve(session.id)
  expect(await sandbox.client.payments.retrieve(failed.payment_id ?? '')).toMatchObject({
    status: 'failed',
    error_code: code,
    error_message: message,
  })
  await sandbox.pay(session.url, SUCCESS)
  const paid = await sandbox.client.checkoutSessions.retrieve(session.id)
  expect(paid.payment_status).toBe('succeeded')
  expect(paid.payment_id).not.toBe(failed.payment_id)
})

test('the slow card is processing first and succeeds by itself', async () => {
  const session = await sandbox.createCheckout()
  const response = await sandbox.pay(session.url, '4000000000000077')
  expect(response.headers.get('location')).toContain('status=processing')
  expect((await sandbox.client.checkoutSessions.retrieve(session.id)).payment_status).toBe('processing')
  await expect
    .poll(async () => (await sandbox.client.checkoutSessions.retrieve(session.id)).payment_status)
    .toBe('succeeded')
})

test('a buyer who gives up at the bank cancels the payment, and may pay after all', async () => {
  const session = await sandbox.createCheckout()
  await sandbox.events()
  const response = await sandbox.pay(session.url, CARDS.cancelled)
  expect(response.headers.get('location')).toContain('status=cancelled')
  expect(await sandbox.events()).toEqual(['payment.cancelled'])
  const { payment_id } = await sandbox.client.checkoutSessions.retrieve(session.id)
  expect(await sandbox.client.payments.retrieve(payment_id ?? '')).toMatchObject({
    status: 'cancelled',
    invoice_id: null,
    error_code: null,
  })
  await sandbox.pay(session.url, SUCCESS)
  expect(await sandbox.events()).toEqual(['payment.succeeded'])
})

test('a payment that the bank still works on can be cancelled, once, and settles no more', async () => {
  const patient = await startFixture({ settlementDelay: 60_000 })
  const session = await patient.createCheckout({ product_cart: [{ product_id: 'pdt_monthly', quantity: 1 }] })
  await patient.pay(session.url, CARDS.slow)
  const { payment_id } = await patient.client.checkoutSessions.retrieve(session.id)
  const cancel = () => patient.control('POST', `/sandbox/payments/${payment_id}/cancel`, {})
  expect(await cancel()).toMatchObject({ status: 'cancelled' })
  expect(await patient.events()).toEqual(['payment.processing', 'payment.cancelled', 'subscription.failed'])
  expect(await cancel()).toMatchObject({ code: 'PAYMENT_DECIDED' })
  await patient.close()
})

test.each([
  ['an unknown card', { number: '4111111111111111' }, 'test cards only'],
  ['a past expiry', { expiry: '01/20' }, 'month in the future'],
  ['a broken expiry', { expiry: '13/32' }, 'month in the future'],
  ['a broken CVC', { cvc: 'abc' }, 'Enter the 3 digits'],
])('%s is refused beside its field and nothing is paid', async (_name, fields, message) => {
  const session = await sandbox.createCheckout()
  const response = await sandbox.pay(session.url, SUCCESS, fields)
  expect(response.status).toBe(422)
  expect(await response.text()).toContain(message)
  expect((await sandbox.client.checkoutSessions.retrieve(session.id)).payment_id).toBeNull()
})

test('without a customer the buyer types an e-mail, and markup in it stays text', async () => {
  const session = await sandbox.createCheckout({ customer: null, return_url: null })
  const refused = await (await sandbox.pay(session.url, SUCCESS, { email: '"><script>' })).text()
  expect(refused).toContain('Enter an e-mail address.')
  expect(refused).not.toContain('"><script>')
  const paid = await sandbox.pay(session.url, SUCCESS, { email: 'walk-in@example.com' })
  expect(paid.headers.get('location')).toBe(`/session/${session.id}`)
  expect((await sandbox.client.payments.list()).items[0]?.customer.email).toBe('walk-in@example.com')
})

test('an expired checkout takes no card, an unknown one does not exist', async () => {
  const brief = await startFixture({ sessionLifetime: 0 })
  const session = await brief.createCheckout()
  expect((await brief.pay(session.url, SUCCESS)).status).toBe(410)
  expect((await brief.client.payments.list()).items).toEqual([])
  expect((await fetch(`${brief.url}/session/cks_none`)).status).toBe(404)
  await brief.close()
})
