import { createClient } from '@supabase/supabase-js'
import DodoPayments from 'dodopayments'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncProduct } from '../../lib/payments/dodopayments/sync-product.ts'
import type { Database } from '../../lib/supabase/database.types.ts'
import { formatReport } from '../../scripts/sync-products/format-report.ts'
import { syncProducts } from '../../scripts/sync-products/sync-products.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

let shop: Shop
let dodo: DodoPayments
beforeAll(async () => {
  shop = await openShop()
  dodo = new DodoPayments({
    baseURL: process.env.DODO_PAYMENTS_BASE_URL,
    bearerToken: process.env.DODO_PAYMENTS_API_KEY,
  })
  return () => shop.close()
})
let counter = 0
let sold: string
beforeEach(async () => {
  // Payments keep the packages of former tests.
  await shop.owner`update credit_packages set active = false where id like 'new-%'`
  sold = `new-${++counter}`
})

function sync() {
  const { NEXT_PUBLIC_SUPABASE_URL = '', SUPABASE_SECRET_KEY = '' } = process.env
  const supabase = createClient<Database>(NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY)
  return syncProducts({
    supabase,
    provider: { id: 'dodopayments', syncProduct: (request) => syncProduct(dodo, request) },
  })
}
/** What was done, by package; those left as they were are left out. */
async function changes() {
  const rows = await sync()
  return rows.flatMap(({ packageId, status, done, error }) =>
    status === 'synced' && done.length === 0 ? [] : [`${packageId} ${error ?? done.join(', ')}`],
  )
}
async function productIdOf(id: string): Promise<string> {
  const [product] = await shop.owner`
    select product_id as id from package_products where package_id = ${id} and retired_at is null`
  return String(product?.id)
}

const add = (more: object = {}) =>
  shop.owner`insert into credit_packages ${shop.owner({
    id: sold,
    name: 'New',
    description: 'For the curious.',
    credits: 7,
    price: 70,
    sort_order: 99,
    ...more,
  })}`

test('a package without a product gets one, sold at its price, and then there is nothing to do', async () => {
  expect(await changes()).toEqual([])
  await add()
  const yearly = `${sold}-yearly`
  await add({ id: yearly, kind: 'subscription', billing_interval: 'year', price: 700, currency: 'EUR' })
  expect(await changes()).toEqual([`${sold} created`, `${yearly} created`])
  expect(await dodo.products.retrieve(await productIdOf(sold))).toMatchObject({
    name: 'New',
    description: 'For the curious.',
    tax_category: 'saas',
    is_recurring: false,
    price: { type: 'one_time_price', price: 70, currency: 'USD' },
    metadata: { package_id: sold },
  })
  expect(await dodo.products.retrieve(await productIdOf(yearly))).toMatchObject({
    is_recurring: true,
    price: {
      type: 'recurring_price',
      price: 700,
      currency: 'EUR',
      payment_frequency_count: 1,
      payment_frequency_interval: 'Year',
      subscription_period_count: 10,
      subscription_period_interval: 'Year',
    },
  })
  expect(await changes()).toEqual([])

  const buyer = await shop.createBuyer()
  await shop.purchase(buyer, sold)
  await shop.settle()
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 7'])
})

test('what changed about a package changes about its product, and the rest of that stays', async () => {
  await add({ kind: 'subscription', billing_interval: 'month' })
  await sync()
  const id = await productIdOf(sold)
  const { price } = await dodo.products.retrieve(id)
  await dodo.products.update(id, { price: { ...price, tax_inclusive: true } })
  expect(await changes()).toEqual([])
  await shop.owner`
    update credit_packages set name = 'Newer', description = 'Better.' where id = ${sold}`
  expect(await changes()).toEqual([`${sold} name, description`])
  expect(await dodo.products.retrieve(id)).toMatchObject({
    name: 'Newer',
    description: 'Better.',
    price: { type: 'recurring_price', price: 70, tax_inclusive: true },
  })
  expect(await changes()).toEqual([])
})

test('a product that was made but not stored is found again, also behind a hundred others', async () => {
  await add()
  await sync()
  const id = await productIdOf(sold)
  await shop.owner`delete from package_products where package_id = ${sold}`
  for (let count = 0; count < 101; count++) {
    const price = { type: 'one_time_price', price: 1, currency: 'USD' } as const
    await dodo.products.create({ name: `Other ${count}`, tax_category: 'saas', price })
  }
  expect(await changes()).toEqual([`${sold} id`])
  expect(await productIdOf(sold)).toBe(id)
  await shop.owner`update package_products set product_id = 'pdt_of_test_mode' where package_id = ${sold}`
  expect(await changes()).toEqual([`${sold} id`])
  expect(await productIdOf(sold)).toBe(id)
})

test('a product that was archived while its package is on sale is sold again', async () => {
  await add()
  await sync()
  await dodo.products.archive(await productIdOf(sold))
  expect(await changes()).toEqual([`${sold} back on sale`])
  expect(await changes()).toEqual([])
})

test('another price is another product, and the former one comes back with its price', async () => {
  await add()
  await sync()
  const former = await productIdOf(sold)
  await shop.owner`update credit_packages set price = 80 where id = ${sold}`
  expect(await changes()).toEqual([`${sold} new price`])
  const dearer = await productIdOf(sold)
  expect(await dodo.products.retrieve(former)).toMatchObject({ price: { price: 70 } })
  expect(await dodo.products.retrieve(dearer)).toMatchObject({ price: { price: 80 } })
  await shop.owner`update credit_packages set price = 70 where id = ${sold}`
  expect(await changes()).toEqual([`${sold} id`])
  expect(await productIdOf(sold)).toBe(former)
  await shop.owner`update credit_packages set kind = 'subscription', billing_interval = 'month' where id = ${sold}`
  expect(await changes()).toEqual([`${sold} new price`])
  expect(await changes()).toEqual([])
})

test('who pays for a plan goes on with the product that it was bought as', async () => {
  const buyer = await shop.createBuyer()
  const subscription = await shop.subscribe(buyer)
  await shop.settle()
  const second = () => Math.floor(Date.now() / 1000)
  const bought = second()
  // Periods are told apart by the second they start in.
  await vi.waitFor(() => expect(second()).toBeGreaterThan(bought), { timeout: 15_000 })
  await shop.owner`update credit_packages set price = price + 100 where id = 'pro-monthly'`
  expect(await changes()).toEqual(['pro-monthly new price'])
  await shop.ask(`/sandbox/subscriptions/${subscription}/renew`, {})
  await shop.settle()
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500', 'subscription_grant 500'])
  await shop.owner`update credit_packages set price = price - 100 where id = 'pro-monthly'`
  expect(formatReport(await sync())).toMatch(/^package +product\nstarter +pdt_starter +synced\n/)
})

test('why a product could not be made is kept for the admin, and the next sync makes it', async () => {
  await add({ currency: 'QQQ' })
  shop.interceptWith(({ method, url }) =>
    method === 'POST' && url.endsWith('/products')
      ? Response.json({ code: 'UNSUPPORTED_CURRENCY', message: 'No such currency' }, { status: 422 })
      : undefined,
  )
  expect(await changes()).toEqual([expect.stringContaining('No such currency')])
  const read = () => shop.owner`select status, error from package_syncs where package_id = ${sold}`
  expect(await read()).toMatchObject([
    { status: 'failed', error: expect.stringContaining('No such currency') },
  ])
  shop.interceptWith(() => undefined)
  expect(await changes()).toEqual([`${sold} created`])
  expect(await read()).toMatchObject([{ status: 'synced', error: null }])
})

test('what is not for sale gets no product', async () => {
  await add({ active: false })
  expect(await changes()).toEqual([])
})
