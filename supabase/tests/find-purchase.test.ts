import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { findPurchase } from '../../lib/payments/checkout/find-purchase.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { type Buyer, createBuyer, delivery, openCheckout, paymentData, receive } from './events.ts'

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
