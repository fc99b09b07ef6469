import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CARDS, type Fixture, startFixture } from '../testing.ts'
import { readDescribedFields } from './described-fields.ts'

const RESOURCES = new URL('../../../../node_modules/dodopayments/resources/', import.meta.url)

let sandbox: Fixture
let subscriptionId: string
beforeAll(async () => {
  sandbox = await startFixture()
  subscriptionId = await sandbox.subscribe()
  await sandbox.pay((await sandbox.createCheckout()).url, CARDS.success)
  const { items } = await sandbox.client.payments.list({ page_number: 0 })
  const paymentId = items.find(({ subscription_id }) => !subscription_id)?.payment_id ?? ''
  await sandbox.client.refunds.create({ payment_id: paymentId, items: [{ item_id: 'pdt_pro', amount: 100 }] })
  await sandbox.control('POST', `/sandbox/payments/${paymentId}/dispute`)
  await vi.waitUntil(async () => (await sandbox.client.refunds.list()).items[0]?.status === 'succeeded')
  await sandbox.idle()
})
afterAll(() => sandbox.close())

const describedFields = (file: string, name: string) => readDescribedFields(RESOURCES, file, name)

const first = async <Item>(page: Promise<{ items: Item[] }>): Promise<Item> => {
  const [item] = (await page).items
  if (!item) throw new Error('The list is empty.')
  return item
}

/** Each object of the API: where the SDK describes it, and how to get one. */
const OBJECTS: [name: string, file: string, read: () => Promise<object>][] = [
  ['CheckoutSessionResponse', 'checkout-sessions', () => createSession()],
  [
    'CheckoutSessionStatus',
    'checkout-sessions',
    async () => sandbox.client.checkoutSessions.retrieve((await createSession()).session_id),
  ],
  ['Payment', 'payments', async () => sandbox.client.payments.retrieve((await onePayment()).payment_id)],
  ['PaymentListResponse', 'payments', () => onePayment()],
  ['CustomerLimitedDetails', 'payments', async () => (await onePayment()).customer],
  [
    'PaymentRetrieveLineItemsResponse',
    'payments',
    async () => sandbox.client.payments.retrieveLineItems((await onePayment()).payment_id),
  ],
  ['RefundListItem', 'payments', async () => (await fullPayment()).refunds[0] ?? {}],
  ['Dispute', 'disputes', async () => (await fullPayment()).disputes[0] ?? {}],
  ['Refund', 'refunds', async () => sandbox.client.refunds.retrieve((await oneRefund()).refund_id)],
  ['RefundListItem', 'payments', () => oneRefund()],
  ['GetDispute', 'disputes', async () => sandbox.client.disputes.retrieve((await oneDispute()).dispute_id)],
  ['DisputeListResponse', 'disputes', () => oneDispute()],
  ['Subscription', 'subscriptions', () => sandbox.client.subscriptions.retrieve(subscriptionId)],
  ['SubscriptionListResponse', 'subscriptions', () => first(sandbox.client.subscriptions.list())],
  ['SubscriptionPreviewChangePlanResponse', 'subscriptions', () => preview()],
  ['Summary', 'subscriptions', async () => (await preview()).immediate_charge.summary],
  [
    'SubscriptionUpdatePaymentMethodResponse',
    'subscriptions',
    () =>
      sandbox.client.subscriptions.updatePaymentMethod(subscriptionId, {
        payment_method: { type: 'new', return_url: null },
      }),
  ],
  ['Customer', 'customers/customers', () => first(sandbox.client.customers.list())],
  ['Product', 'products/products', () => sandbox.client.products.retrieve('pdt_pro')],
  ['ProductListResponse', 'products/products', () => first(sandbox.client.products.list())],
]

const createSession = () =>
  sandbox.client.checkoutSessions.create({ product_cart: [{ product_id: 'pdt_pro', quantity: 1 }] })
const onePayment = () => first(sandbox.client.payments.list({ page_number: 0 }))
const oneRefund = () => first(sandbox.client.refunds.list())
const oneDispute = () => first(sandbox.client.disputes.list())
const fullPayment = async () => sandbox.client.payments.retrieve((await oneRefund()).payment_id)
const preview = () =>
  sandbox.client.subscriptions.previewChangePlan(subscriptionId, {
    product_id: 'pdt_yearly',
    quantity: 1,
    proration_billing_mode: 'full_immediately',
  })

test.each(OBJECTS)('a %s has the fields that the SDK describes, and no others', async (name, file, read) => {
  const { all, required } = await describedFields(file, name)
  const fields = Object.keys(await read())
  expect(fields).toEqual(expect.arrayContaining(required))
  expect(fields.filter((field) => !all.has(field))).toEqual([])
})

test.each([
  ['payment.', 'Payment', 'payments'],
  ['subscription.', 'Subscription', 'subscriptions'],
  ['refund.', 'Refund', 'refunds'],
  ['dispute.', 'GetDispute', 'disputes'],
])('the data of a %s… event is a %s, and says so', async (prefix, name, file) => {
  const { items } = await sandbox.control<{ items: { id: string; type: string }[] }>(
    'GET',
    '/sandbox/deliveries',
  )
  const { id } = items.find(({ type }) => type.startsWith(prefix)) ?? { id: '' }
  sandbox.received.length = 0
  await sandbox.control('POST', `/sandbox/deliveries/${id}/resend`)
  await sandbox.idle()
  const { all, required } = await describedFields(file, name)
  // The API sends it although the types leave it out.
  const { payload_type, ...data } = sandbox.received[0]?.data ?? {}
  expect(payload_type).toBe(name.replace('Get', ''))
  const fields = Object.keys(data)
  expect(fields).toEqual(expect.arrayContaining(required))
  expect(fields.filter((field) => !all.has(field))).toEqual([])
})
