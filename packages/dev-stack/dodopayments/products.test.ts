import DodoPayments from 'dodopayments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, startFixture } from './testing.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

const oneTime = { type: 'one_time_price', currency: 'EUR', price: 500 } as const
const create = (rest: Partial<DodoPayments.ProductCreateParams> = {}) =>
  sandbox.client.products.create({ name: 'Mini', price: oneTime, tax_category: 'saas', ...rest })
const ids = async (query: DodoPayments.ProductListParams = {}) =>
  (await sandbox.client.products.list(query)).items.map(({ product_id }) => product_id)

test('a product made through the API is sold like any other, and survives a restart', async () => {
  const product = await create({ description: '50 credits', metadata: { package: 'mini' } })
  expect(product).toMatchObject({ name: 'Mini', price: oneTime, is_recurring: false })
  await sandbox.restart()
  expect(await sandbox.client.products.retrieve(product.product_id)).toEqual(product)
  const listed = (await sandbox.client.products.list()).items.at(-1)
  expect(listed).toMatchObject({ product_id: product.product_id, metadata: { package: 'mini' }, price: 500 })
  const cart = [{ product_id: product.product_id, quantity: 2 }]
  const session = await sandbox.createCheckout({ product_cart: cart })
  expect(await (await fetch(session.url)).text()).toContain('€10.00')
})

test('a product of the options that was changed stays changed', async () => {
  await sandbox.client.products.update('pdt_pro', {
    name: 'Pro 2',
    price: { ...oneTime, currency: 'USD', price: 4200 },
    metadata: { package: 'pro' },
  })
  await sandbox.restart()
  expect(await sandbox.client.products.retrieve('pdt_pro')).toMatchObject({
    name: 'Pro 2',
    description: 'Pro credits',
    price: { price: 4200 },
    metadata: { package: 'pro' },
  })
  expect(await ids()).toHaveLength(5)
})

test('a recurring product may bring its own trial', async () => {
  const { product_id, is_recurring } = await create({
    price: {
      type: 'recurring_price',
      currency: 'USD',
      price: 1500,
      payment_frequency_count: 3,
      payment_frequency_interval: 'Month',
      subscription_period_count: 1,
      subscription_period_interval: 'Year',
      trial_period_days: 7,
    },
  })
  expect(is_recurring).toBe(true)
  const session = await sandbox.createCheckout({ product_cart: [{ product_id, quantity: 1 }] })
  const page = await (await fetch(session.url)).text()
  for (const text of ['7 days free', '$15.00', 'every 3 months', 'Start free trial'])
    expect(page).toContain(text)
})

test('archived products are listed apart, not sold, and can come back', async () => {
  await sandbox.client.products.archive('pdt_pro')
  expect(await ids()).not.toContain('pdt_pro')
  expect(await ids({ archived: true })).toEqual(['pdt_pro'])
  await expect(sandbox.createCheckout()).rejects.toThrow(DodoPayments.UnprocessableEntityError)
  await sandbox.client.products.unarchive('pdt_pro')
  expect(await ids({ recurring: false })).toEqual(['pdt_starter', 'pdt_pro'])
  expect(await ids({ recurring: true, page_size: 2, page_number: 1 })).toEqual(['pdt_yearly'])
})

test('a product without a whole price is refused', async () => {
  await expect(create({ price: { ...oneTime, price: 1.5 } })).rejects.toThrow(
    DodoPayments.UnprocessableEntityError,
  )
  await expect(sandbox.client.products.update('pdt_none', { name: 'x' })).rejects.toThrow(
    DodoPayments.NotFoundError,
  )
})
