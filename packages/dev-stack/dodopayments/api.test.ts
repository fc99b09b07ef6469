import DodoPayments from 'dodopayments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from './testing.ts'

let sandbox: Fixture
beforeAll(async () => {
  sandbox = await startFixture()
})
afterAll(() => sandbox.close())

test('a wrong or missing API key is refused', async () => {
  const stranger = new DodoPayments({ baseURL: sandbox.url, bearerToken: 'wrong', maxRetries: 0 })
  await expect(stranger.payments.list()).rejects.toThrow(DodoPayments.AuthenticationError)
  const response = await fetch(`${sandbox.url}/payments`)
  expect(response.status).toBe(401)
  expect(await response.json()).toEqual({ code: 'UNAUTHORIZED', message: expect.any(String) })
})

test('a checkout answers with a session and a page of its own', async () => {
  const session = await sandbox.client.checkoutSessions.create({
    product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
    customer: { email: 'new@example.com', name: 'New' },
    metadata: { user_id: 'u1' },
  })
  expect(session.checkout_url).toBe(`${sandbox.url}/session/${session.session_id}`)
  expect(await sandbox.client.checkoutSessions.retrieve(session.session_id)).toEqual({
    id: session.session_id,
    created_at: expect.any(String),
    customer_email: 'new@example.com',
    customer_name: 'New',
    payment_id: null,
    payment_status: null,
  })
})

test('a checkout of nothing, of an unknown product or with oversized metadata is refused', async () => {
  const { checkoutSessions } = sandbox.client
  const product = { product_id: 'pdt_pro', quantity: 1 }
  await expect(checkoutSessions.create({ product_cart: [] })).rejects.toThrow(
    DodoPayments.UnprocessableEntityError,
  )
  await expect(
    checkoutSessions.create({ product_cart: [{ ...product, product_id: 'pdt_none' }] }),
  ).rejects.toThrow(DodoPayments.NotFoundError)
  await expect(
    checkoutSessions.create({ product_cart: [product], metadata: { long: 'x'.repeat(501) } }),
  ).rejects.toThrow(DodoPayments.UnprocessableEntityError)
  await expect(checkoutSessions.retrieve('cks_none')).rejects.toThrow(DodoPayments.NotFoundError)
})

test('products are listed and found, with their prices in minor units', async () => {
  const { items } = await sandbox.client.products.list()
  expect(items.map(({ product_id, price }) => [product_id, price])).toEqual([
    ['pdt_starter', 999],
    ['pdt_pro', 3999],
    ['pdt_monthly', 1900],
    ['pdt_monthly_more', 4900],
    ['pdt_yearly', 19_000],
  ])
  const product = await sandbox.client.products.retrieve('pdt_pro')
  expect(product).toMatchObject({ name: 'Pro', is_recurring: false, price: { price: 3999, currency: 'USD' } })
  await expect(sandbox.client.products.retrieve('pdt_none')).rejects.toThrow(DodoPayments.NotFoundError)
})

test('an existing customer is found by e-mail', async () => {
  const first = await sandbox.client.customers.create({ email: 'Ada@example.com', name: 'Ada' })
  const second = await sandbox.client.customers.create({ email: 'ada@example.com', name: 'Someone' })
  expect(second.customer_id).toBe(first.customer_id)
  const { items } = await sandbox.client.customers.list({ email: 'ada@example.com' })
  expect(items).toEqual([first])
  expect(await sandbox.client.customers.retrieve(first.customer_id)).toEqual(first)
  await expect(sandbox.client.customers.retrieve('cus_none')).rejects.toThrow(DodoPayments.NotFoundError)
})

test('payments are listed newest first, filtered, and page by page from zero', async () => {
  for (const number of ['4242424242424242', '4000000000000002', '5555555555554444']) {
    await sandbox.pay((await sandbox.createCheckout()).url, number)
  }
  const { client } = sandbox
  const all = (await client.payments.list()).items
  expect(all.map(({ status, card_last_four }) => [status, card_last_four])).toEqual([
    ['succeeded', '4444'],
    ['failed', '0002'],
    ['succeeded', '4242'],
  ])
  expect((await client.payments.list({ status: 'failed' })).items).toHaveLength(1)
  expect((await client.payments.list({ customer_id: 'cus_none' })).items).toHaveLength(0)
  const paged: string[] = []
  for await (const payment of client.payments.list({ page_number: 0, page_size: 2 }))
    paged.push(payment.payment_id)
  expect(paged).toEqual(all.map(({ payment_id }) => payment_id))
})

test('payments are found by product and by date', async () => {
  const { client } = sandbox
  const before = new Date(Date.now() - 1).toISOString()
  const cart = [{ product_id: 'pdt_starter', quantity: 1 }]
  await sandbox.pay((await sandbox.createCheckout({ product_cart: cart })).url, CARDS.success)
  const count = async (query: DodoPayments.PaymentListParams) =>
    (await client.payments.list(query)).items.length
  expect(await count({ product_id: 'pdt_starter' })).toBe(1)
  expect(await count({ product_id: 'pdt_starter', created_at_lte: before })).toBe(0)
  expect(await count({ created_at_gte: before })).toBe(1)
  await expect(client.payments.list({ created_at_gte: 'yesterday' })).rejects.toThrow(
    DodoPayments.BadRequestError,
  )
})

test('what the sandbox does not support is refused, not ignored', async () => {
  const { client } = sandbox
  const cart = [{ product_id: 'pdt_pro', quantity: 1 }]
  const price = { type: 'one_time_price', currency: 'USD', price: 100 } as const
  const product = { name: 'New', tax_category: 'saas' } as const
  const id = await sandbox.subscribe()
  const refused: [string, () => Promise<unknown>][] = [
    ['discount_code', () => client.checkoutSessions.create({ product_cart: cart, discount_code: 'HALF' })],
    ['force_3ds', () => client.checkoutSessions.create({ product_cart: cart, force_3ds: true })],
    [
      'amount',
      () =>
        client.checkoutSessions.create({
          product_cart: [{ ...cart[0], amount: 5, product_id: 'pdt_pro', quantity: 1 }],
        }),
    ],
    [
      'on_demand',
      () =>
        client.checkoutSessions.create({
          product_cart: cart,
          subscription_data: { on_demand: { mandate_only: true } },
        }),
    ],
    [
      'allow_tax_id',
      () => client.checkoutSessions.create({ product_cart: cart, feature_flags: { allow_tax_id: true } }),
    ],
    [
      'addons',
      () =>
        client.subscriptions.changePlan(id, {
          product_id: 'pdt_yearly',
          quantity: 1,
          proration_billing_mode: 'do_not_bill',
          addons: [],
        }),
    ],
    ['customer_name', () => client.subscriptions.update(id, { customer_name: 'Else' })],
    ['discounts', () => client.products.create({ ...product, price: { ...price, discount: 10 } })],
    [
      'pay_what_you_want',
      () => client.products.create({ ...product, price: { ...price, pay_what_you_want: true } }),
    ],
    ['license_key_enabled', () => client.products.create({ ...product, price, license_key_enabled: true })],
    ['brand_id', async () => await client.payments.list({ brand_id: 'brnd_1' })],
    ['brand_id', async () => await client.products.list({ brand_id: 'brnd_1' })],
    ['brand_id', async () => await client.subscriptions.list({ brand_id: 'brnd_1' })],
    ['send_email', () => client.customers.customerPortal.create('cus_1', { send_email: true })],
  ]
  for (const [word, ask] of refused) await expect(ask(), word).rejects.toThrow(word)
  const taken = await client.checkoutSessions.create({
    product_cart: cart,
    feature_flags: { redirect_immediately: true },
  })
  expect(taken.session_id).toBeTruthy()
})

test('what the sandbox does not speak is said in the API’s own error shape', async () => {
  await expect(sandbox.client.payouts.list()).rejects.toThrow(/no GET \/payouts/)
})
