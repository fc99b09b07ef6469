import { createClient } from '@supabase/supabase-js'
import DodoPayments from 'dodopayments'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
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
  return syncProducts({ supabase, dodo })
}
/** What was done, by package; those left as they were are left out. */
async function changes() {
  const rows = await sync()
  return rows.flatMap(({ packageId, outcome, detail }) =>
    outcome === 'unchanged' ? [] : [[packageId, outcome, detail].filter(Boolean).join(' ')],
  )
}
const productIdOf = async (id: string) =>
  String((await shop.owner`select product_id as id from package_products where package_id = ${id}`)[0]?.id)

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
    update credit_packages set name = 'Newer', description = 'Better.', price = 80 where id = ${sold}`
  expect(await changes()).toEqual([`${sold} updated name, description, price`])
  expect(await dodo.products.retrieve(id)).toMatchObject({
    name: 'Newer',
    description: 'Better.',
    price: { type: 'recurring_price', price: 80, tax_inclusive: true },
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
  expect(await changes()).toEqual([`${sold} updated id`])
  expect(await productIdOf(sold)).toBe(id)
  await shop.owner`update package_products set product_id = 'pdt_of_test_mode' where package_id = ${sold}`
  expect(await changes()).toEqual([`${sold} updated id`])
  expect(await productIdOf(sold)).toBe(id)
})

test('a product that was archived while its package is on sale is sold again', async () => {
  await add()
  await sync()
  await dodo.products.archive(await productIdOf(sold))
  expect(await changes()).toEqual([`${sold} updated back on sale`])
  expect(await changes()).toEqual([])
})

test('another rhythm is another product, unless somebody pays in the former one', async () => {
  await add()
  await sync()
  const former = await productIdOf(sold)
  await shop.owner`update credit_packages set kind = 'subscription', billing_interval = 'month' where id = ${sold}`
  expect(await changes()).toEqual([`${sold} created instead of ${former}`])
  expect(await productIdOf(sold)).not.toBe(former)
  expect(await changes()).toEqual([])

  await shop.subscribe(await shop.createBuyer())
  await shop.settle()
  await shop.owner`update credit_packages set billing_interval = 'year' where id = 'pro-monthly'`
  const rows = await sync()
  expect(rows).toContainEqual(
    expect.objectContaining({
      packageId: 'pro-monthly',
      outcome: 'refused',
      detail: expect.stringContaining('1 live subscription'),
    }),
  )
  expect(formatReport(rows)).toMatch(/^package +product\nstarter +pdt_starter +unchanged\n/)
  await shop.owner`update credit_packages set billing_interval = 'month' where id = 'pro-monthly'`
})

test('what is not for sale gets no product', async () => {
  await add({ active: false })
  expect(await changes()).toEqual([])
})
