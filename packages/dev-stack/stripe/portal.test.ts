import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, startFixture } from './testing.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

test('the portal shows what a customer has and paid, and cancels and resumes it', async () => {
  const id = await fixture.subscribe()
  const { customer } = await fixture.client.subscriptions.retrieve(id)
  const { url } = await fixture.client.billingPortal.sessions.create({
    customer: String(customer),
    return_url: 'http://localhost:3000/billing',
  })
  const page = async () => (await fetch(url)).text()
  expect(await page()).toContain('Renews on')
  await fixture.post(`${url}/subscriptions/${id}`, { action: 'cancel' })
  expect(await page()).toContain('Ends on')
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: true })
  await fixture.post(`${url}/subscriptions/${id}`, { action: 'resume' })
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false })
  const other = await fixture.subscribe()
  expect((await fixture.post(`${url}/subscriptions/${other}`, { action: 'cancel' })).status).toBe(404)
  const overview = await (await fetch(fixture.url)).text()
  expect(overview).toContain('$29.00 per month')
  expect(overview).toContain('invoice.paid')
})

test('a new card is told of with the one before, and comes whole when it is asked for', async () => {
  const id = await fixture.subscribe()
  const cardOf = async () => {
    const asked = { expand: ['default_payment_method'] }
    const { default_payment_method: method } = await fixture.client.subscriptions.retrieve(id, asked)
    return typeof method === 'string' ? null : (method?.card ?? null)
  }
  expect(await cardOf()).toMatchObject({ brand: 'visa', last4: '4242' })
  const { customer, default_payment_method: before } = await fixture.client.subscriptions.retrieve(id)
  const { url } = await fixture.client.billingPortal.sessions.create({ customer: String(customer) })
  const typed = new URLSearchParams({ number: '5555 5555 5555 4444', expiry: '12/34', cvc: '123' })
  await fetch(`${url}/subscriptions/${id}/card`, { method: 'POST', body: typed })
  expect(await cardOf()).toMatchObject({ brand: 'mastercard', last4: '4444', exp_month: 12 })
  const told = (await fixture.events()).findLast(({ type }) => type === 'customer.subscription.updated')
  expect(told).toMatchObject({ data: { previous_attributes: { default_payment_method: before } } })
})
