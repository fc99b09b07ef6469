import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CARDS, type Fixture, type MONTHLY, startFixture, YEARLY } from './testing.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const typesOf = (events: Stripe.Event[]) => events.map(({ type }) => type).sort()
const objectOf = (events: Stripe.Event[], wanted: string) =>
  events.find(({ type }) => type === wanted)?.data.object
const control = (id: string, action: string, fields: Record<string, string> = {}) =>
  fixture.post(`${fixture.url}/sandbox/subscriptions/${id}/${action}`, fields)

async function itemOf(id: string): Promise<Stripe.SubscriptionItem> {
  const [item] = (await fixture.client.subscriptions.retrieve(id)).items.data
  if (!item) throw new Error(`${id} has no item.`)
  return item
}
const changeTo = async (id: string, price_data: typeof MONTHLY | typeof YEARLY) => ({
  items: [{ id: (await itemOf(id)).id, price_data }],
  billing_cycle_anchor: { type: 'now' as const },
  proration_behavior: 'none' as const,
})
const YEAR_SECONDS = 365 * 24 * 60 * 60

test('a plan is bought: its subscription, its invoice and its payment name each other', async () => {
  const session = await fixture.createPlanCheckout()
  expect(await (await fetch(session.url ?? '')).text()).toContain('per month')
  await fixture.pay(session)
  const told = await fixture.events()
  expect(typesOf(told)).toEqual([
    'checkout.session.completed',
    'customer.subscription.created',
    'customer.subscription.updated',
    'invoice.paid',
    'payment_intent.succeeded',
  ])
  expect(objectOf(told, 'customer.subscription.created')).toMatchObject({ status: 'incomplete' })
  const done = await fixture.client.checkout.sessions.retrieve(session.id, { expand: ['invoice.payments'] })
  const subscription = await fixture.client.subscriptions.retrieve(String(done.subscription))
  expect(subscription).toMatchObject({ status: 'active', metadata: { package_id: 'pro-monthly' } })
  const [period] = subscription.items.data
  expect(done.invoice).toMatchObject({
    status: 'paid',
    billing_reason: 'subscription_create',
    amount_paid: 2900,
    parent: {
      subscription_details: { subscription: subscription.id, metadata: { package_id: 'pro-monthly' } },
    },
    lines: {
      data: [
        {
          amount: 2900,
          period: { start: period?.current_period_start, end: period?.current_period_end },
          pricing: { price_details: { product: 'prod_monthly' } },
        },
      ],
    },
  })
  const { data: intents } = await fixture.client.paymentIntents.list()
  const payment_intent = intents[0]?.id ?? ''
  const { data } = await fixture.client.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent },
    expand: ['data.invoice'],
  })
  expect(data).toMatchObject([{ status: 'paid', invoice: { id: subscription.latest_invoice } }])
  const bySubscription = await fixture.client.checkout.sessions.list({ subscription: subscription.id })
  expect(bySubscription.data.map(({ id }) => id)).toEqual([session.id])
})

test('a slow bank leaves a plan incomplete until its money has come', async () => {
  await fixture.pay(await fixture.createPlanCheckout(), CARDS.slow)
  const all: Stripe.Event[] = []
  await vi.waitFor(async () => {
    all.push(...(await fixture.events()))
    expect(typesOf(all)).toContain('checkout.session.async_payment_succeeded')
  })
  expect(typesOf(all)).toContain('invoice.paid')
  expect((await fixture.client.subscriptions.list()).data).toMatchObject([{ status: 'active' }])
})

test('a trial takes the card alone, and is charged when it ends', async () => {
  const session = await fixture.createPlanCheckout({ trial_period_days: 14 })
  expect(await (await fetch(session.url ?? '')).text()).toContain('14 days free')
  expect(await (await fixture.pay(session, CARDS.declined)).text()).toContain('Your card was declined.')
  await fixture.pay(session)
  const told = await fixture.events()
  expect(typesOf(told)).toEqual([
    'checkout.session.completed',
    'customer.subscription.created',
    'invoice.paid',
  ])
  expect(objectOf(told, 'customer.subscription.created')).toMatchObject({ status: 'trialing' })
  expect(objectOf(told, 'invoice.paid')).toMatchObject({ amount_paid: 0, total: 0 })
  expect(objectOf(told, 'checkout.session.completed')).toMatchObject({
    payment_status: 'no_payment_required',
  })
  const { subscription } = await fixture.client.checkout.sessions.retrieve(session.id)
  await control(String(subscription), 'renew')
  expect(objectOf(await fixture.events(), 'invoice.paid')).toMatchObject({ amount_paid: 2900 })
})

test('a renewal begins a period and bills it', async () => {
  const id = await fixture.subscribe()
  const before = await itemOf(id)
  await control(id, 'renew')
  const told = await fixture.events()
  expect(typesOf(told)).toEqual(['customer.subscription.updated', 'invoice.paid', 'payment_intent.succeeded'])
  const after = await itemOf(id)
  expect(after.current_period_start).toBeGreaterThan(before.current_period_start)
  expect(objectOf(told, 'invoice.paid')).toMatchObject({
    billing_reason: 'subscription_cycle',
    amount_paid: 2900,
  })
  const { data } = await fixture.client.invoices.list({ subscription: id, expand: ['data.payments'] })
  expect(data.map(({ payments }) => payments?.data.length)).toEqual([1, 1])
})

test('a renewal whose card fails is past due, and another card pays that very period', async () => {
  const id = await fixture.subscribe(CARDS.failsOnRenewal)
  await control(id, 'renew')
  expect(typesOf(await fixture.events())).toEqual([
    'customer.subscription.updated',
    'invoice.payment_failed',
    'payment_intent.payment_failed',
  ])
  const owed = await itemOf(id)
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  const { customer } = await fixture.client.subscriptions.retrieve(id)
  const portal = await fixture.client.billingPortal.sessions.create({ customer: String(customer) })
  const page = await fixture.post(`${portal.url}/subscriptions/${id}`, { action: 'card' })
  const cardPage = new URL(page.headers.get('location') ?? '', fixture.url).href
  expect(await (await fetch(cardPage)).text()).toContain('Save card')
  await fixture.post(cardPage, { number: CARDS.success, expiry: '06/32', cvc: '123' })
  expect(typesOf(await fixture.events())).toContain('invoice.paid')
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  expect(await itemOf(id)).toMatchObject({ current_period_start: owed.current_period_start })
  expect((await fixture.client.invoices.list({ subscription: id })).data).toHaveLength(2)
})

test('a renewal may be given up, as its outcome was set', async () => {
  const id = await fixture.subscribe()
  await control(id, 'next-renewal', { outcome: 'on_hold' })
  await control(id, 'renew')
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ status: 'unpaid' })
  await control(id, 'renew', { outcome: 'succeeded' })
  expect(await fixture.client.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
})

test('a change of plan charges what its preview said, and begins a period', async () => {
  const id = await fixture.subscribe()
  const change = await changeTo(id, YEARLY)
  const preview = await fixture.client.invoices.createPreview({
    subscription: id,
    subscription_details: change,
  })
  expect(preview).toMatchObject({ total: 29_000, currency: 'usd' })
  expect(await fixture.events()).toEqual([])
  await fixture.client.subscriptions.update(id, { ...change, payment_behavior: 'error_if_incomplete' })
  expect(objectOf(await fixture.events(), 'invoice.paid')).toMatchObject({
    billing_reason: 'subscription_update',
    amount_paid: 29_000,
  })
  const item = await itemOf(id)
  expect(item.price.product).toBe('prod_yearly')
  expect(item.current_period_end - item.current_period_start).toBeGreaterThanOrEqual(YEAR_SECONDS)
})

test('a change of plan whose card is declined changes nothing', async () => {
  const id = await fixture.subscribe(CARDS.failsOnRenewal)
  const change = await changeTo(id, YEARLY)
  const update = fixture.client.subscriptions.update(id, {
    ...change,
    payment_behavior: 'error_if_incomplete',
  })
  await expect(update).rejects.toThrow(Stripe.errors.StripeCardError)
  expect((await itemOf(id)).price.product).toBe('prod_monthly')
})

test('a change for the next period waits for it, and can be released', async () => {
  const id = await fixture.subscribe()
  const { client } = fixture
  const item = await itemOf(id)
  const plan = async () => {
    const schedule = await client.subscriptionSchedules.create({ from_subscription: id })
    await client.subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      phases: [
        {
          start_date: item.current_period_start,
          end_date: item.current_period_end,
          items: [{ price: item.price.id, quantity: 1 }],
        },
        {
          items: [{ price_data: YEARLY, quantity: 1 }],
          duration: { interval: 'year', interval_count: 1 },
          proration_behavior: 'none',
        },
      ],
    })
    return schedule.id
  }
  await client.subscriptionSchedules.release(await plan())
  expect(await client.subscriptions.retrieve(id)).toMatchObject({ schedule: null })
  await plan()
  const waiting = await client.subscriptions.retrieve(id, { expand: ['schedule.phases.items.price'] })
  expect(waiting.schedule).toMatchObject({ phases: [{}, { items: [{ price: { product: 'prod_yearly' } }] }] })
  await expect(client.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toThrow('schedule')
  await control(id, 'renew')
  expect((await itemOf(id)).price.product).toBe('prod_yearly')
  expect(await client.subscriptions.retrieve(id)).toMatchObject({ schedule: null, status: 'active' })
})

test('a plan is canceled at the end of its period, resumed, and canceled at once, which is for good', async () => {
  const id = await fixture.subscribe()
  const { subscriptions } = fixture.client
  const { current_period_end } = await itemOf(id)
  expect(await subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
    status: 'active',
    cancel_at: current_period_end,
  })
  expect(await subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({ cancel_at: null })
  await fixture.events()
  await subscriptions.update(id, { cancel_at_period_end: true })
  await control(id, 'renew')
  expect(typesOf(await fixture.events())).toContain('customer.subscription.deleted')
  expect(await subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
  await expect(subscriptions.cancel(id)).rejects.toMatchObject({ code: 'resource_missing' })
  expect((await subscriptions.list()).data).toEqual([])
  expect((await subscriptions.list({ status: 'all' })).data).toHaveLength(1)
})
