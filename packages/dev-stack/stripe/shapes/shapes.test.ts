import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDescribedFields } from '../../dodopayments/shapes/described-fields.ts'
import { type Fixture, startFixture, YEARLY } from '../testing.ts'

const RESOURCES = new URL('../../../../node_modules/stripe/esm/resources/', import.meta.url)

let sandbox: Fixture
let subscriptionId: string
let scheduleId: string
/** What was told, by its type. */
const told = new Map<string, object>()
beforeAll(async () => {
  sandbox = await startFixture()
  const { client } = sandbox
  await sandbox.pay(await sandbox.createPlanCheckout())
  await sandbox.pay(await sandbox.createCheckout())
  const [paid] = (await client.paymentIntents.list()).data
  const payment_intent = paid?.id ?? ''
  await client.refunds.create({ payment_intent, amount: 100 })
  await sandbox.post(`${sandbox.url}/sandbox/payments/${payment_intent}/dispute`, {})
  subscriptionId = (await client.subscriptions.list()).data[0]?.id ?? ''
  scheduleId = (await client.subscriptionSchedules.create({ from_subscription: subscriptionId })).id
  for (const { type, data } of await sandbox.events()) told.set(type, data.object)
})
afterAll(() => sandbox.close())

const first = async <Item>(list: Promise<Stripe.ApiList<Item>>): Promise<Item> => {
  const [item] = (await list).data
  if (!item) throw new Error('The list is empty.')
  return item
}
const subscription = () => sandbox.client.subscriptions.retrieve(subscriptionId)
const paymentMethod = async () => {
  const expand = ['default_payment_method']
  const { default_payment_method: method } = await sandbox.client.subscriptions.retrieve(subscriptionId, {
    expand,
  })
  if (!method || typeof method === 'string') throw new Error('The subscription has no card.')
  return method
}
const item = async () => {
  const [only] = (await subscription()).items.data
  if (!only) throw new Error('The subscription has no item.')
  return only
}
const invoice = () => first(sandbox.client.invoices.list({ subscription: subscriptionId }))
const schedule = () => sandbox.client.subscriptionSchedules.retrieve(scheduleId)
const preview = async () => {
  const session = await sandbox.subscribe()
  const { items } = await sandbox.client.subscriptions.retrieve(session)
  return sandbox.client.invoices.createPreview({
    subscription: session,
    subscription_details: {
      items: [{ id: items.data[0]?.id ?? '', price_data: YEARLY }],
      billing_cycle_anchor: { type: 'now' },
      proration_behavior: 'none',
    },
  })
}

/** Each object of the API: where the SDK describes it, and how to get one. */
const OBJECTS: [name: string, file: string, read: () => Promise<object>][] = [
  ['Customer', 'Customers', () => sandbox.client.customers.create({ email: 'a@example.com' })],
  ['Product', 'Products', () => sandbox.client.products.retrieve('prod_pro')],
  ['Session', 'Checkout/Sessions', () => sandbox.createCheckout()],
  ['Session', 'Checkout/Sessions', () => sandbox.createPlanCheckout()],
  ['PaymentIntent', 'PaymentIntents', () => first(sandbox.client.paymentIntents.list())],
  ['Refund', 'Refunds', () => first(sandbox.client.refunds.list())],
  ['Subscription', 'Subscriptions', () => subscription()],
  ['PaymentMethod', 'PaymentMethods', () => paymentMethod()],
  ['SubscriptionItem', 'SubscriptionItems', () => item()],
  ['Price', 'Prices', async () => (await item()).price],
  ['Plan', 'Plans', async () => (await item()).plan],
  ['SubscriptionSchedule', 'SubscriptionSchedules', () => schedule()],
  ['Phase', 'SubscriptionSchedules', async () => (await schedule()).phases[0] ?? {}],
  ['Invoice', 'Invoices', () => invoice()],
  ['Invoice', 'Invoices', () => preview()],
  ['InvoiceLineItem', 'InvoiceLineItems', async () => (await invoice()).lines.data[0] ?? {}],
  [
    'InvoicePayment',
    'InvoicePayments',
    async () => {
      const payment_intent = (await first(sandbox.client.paymentIntents.list())).id
      return first(
        sandbox.client.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent } }),
      )
    },
  ],
  [
    'Session',
    'BillingPortal/Sessions',
    async () =>
      sandbox.client.billingPortal.sessions.create({ customer: String((await subscription()).customer) }),
  ],
]

async function expectDescribed(object: object, file: string, name: string): Promise<void> {
  const { all, required } = await readDescribedFields(RESOURCES, file, name)
  // What the SDK adds to the answer is no field of it.
  const fields = Object.keys(object).filter((field) => field !== 'lastResponse')
  expect(fields).toEqual(expect.arrayContaining(required))
  expect(fields.filter((field) => !all.has(field))).toEqual([])
}

test.each(OBJECTS)(
  'a %s of %s has the fields that the SDK describes, and no others',
  async (name, file, read) => {
    await expectDescribed(await read(), file, name)
  },
)

test.each([
  ['checkout.session.completed', 'Session', 'Checkout/Sessions'],
  ['customer.subscription.updated', 'Subscription', 'Subscriptions'],
  ['invoice.paid', 'Invoice', 'Invoices'],
  ['payment_intent.succeeded', 'PaymentIntent', 'PaymentIntents'],
  ['charge.refunded', 'Charge', 'Charges'],
  ['refund.created', 'Refund', 'Refunds'],
  ['charge.dispute.created', 'Dispute', 'Disputes'],
])('the object of %s is a %s', async (type, name, file) => {
  await expectDescribed(told.get(type) ?? {}, file, name)
})
