import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { findPurchase } from '../../lib/payments/checkout/find-purchase.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import {
  type Buyer,
  createBuyer,
  delivery,
  openCheckout,
  paymentData,
  receive,
  refundData,
} from './events.ts'

vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

let app: Engine
let buyer: Buyer
let session: string
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  buyer = await createBuyer(app)
  session = await openCheckout(app, buyer)
})

const find = (userId: string, paymentId: string | null) =>
  findPurchase(userId, { provider: 'dodopayments', paymentId, sessionId: null, subscriptionId: null })

test('a purchase is found by its payment, with what it granted', async () => {
  const told = paymentData(buyer, session)
  const [sold] = await app.owner`select name, credits::int from credit_packages where id = 'pro'`
  expect(await find(buyer.userId, told.payment_id)).toMatchObject({ state: 'waiting', ...sold })
  await receive(app, delivery('payment.succeeded', told))
  expect(await find(buyer.userId, told.payment_id)).toMatchObject({ state: 'succeeded', ...sold })
  expect(await find(buyer.userId, null)).toMatchObject({ state: 'succeeded' })
})

test('nobody finds the purchase of somebody else, not even an admin who may read it', async () => {
  const told = paymentData(buyer, session)
  await receive(app, delivery('payment.succeeded', told))
  const other = await createBuyer(app)
  expect(await find(other.userId, told.payment_id)).toBeNull()
  expect(await find(other.userId, null)).toBeNull()
})

test('a package of another type fills its own wallet, and is told in its unit, as is the refund', async () => {
  await app.owner`
    insert into credit_types (id, name, unit, unit_plural, color)
    values ('image', 'Image credits', 'image credit', 'image credits', 'violet')`
  await app.owner`
    insert into credit_packages (id, name, credits, credit_type, price)
    values ('images', 'Image pack', 500, 'image', 1900)`
  await app.owner`
    insert into package_products (package_id, provider, product_id)
    values ('images', 'dodopayments', 'pdt_images')`
  const told = paymentData(buyer, await openCheckout(app, buyer, 'images'), {
    total_amount: 1900,
    product_cart: [{ product_id: 'pdt_images', quantity: 1 }],
  })
  expect(await find(buyer.userId, told.payment_id)).toMatchObject({
    state: 'waiting',
    type: { id: 'image', name: 'Image credits' },
  })
  await receive(app, delivery('payment.succeeded', told))
  expect(await find(buyer.userId, told.payment_id)).toMatchObject({
    state: 'succeeded',
    type: { id: 'image', unit: 'image credit', unitPlural: 'image credits', color: 'violet' },
    credits: 500,
    balance: 500,
  })
  await receive(app, delivery('refund.succeeded', refundData(told.payment_id, 1900)))
  const wallets = await app.owner`
    select credit_type, balance::int from credits where user_id = ${buyer.userId} and balance > 0`
  expect([...wallets]).toEqual([])
  const mails = await app.owner`
    select kind, data ->> 'credit_type' as credit_type from mails where user_id = ${buyer.userId} order by id`
  expect([...mails]).toEqual([
    { kind: 'receipt', credit_type: 'image' },
    { kind: 'low_balance', credit_type: 'image' },
    { kind: 'refund', credit_type: 'image' },
  ])
})
