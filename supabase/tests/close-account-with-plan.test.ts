import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeAccount } from '../../lib/account/close-account.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { endSurplusSubscriptions } from '../../lib/payments/subscriptions/end-surplus.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

type Customer = { customer_id: string; email: string; name: string }
type Subscription = { cancel_at_next_billing_date: boolean }

async function createSubscriber() {
  const buyer = await shop.createBuyer()
  const subscription = await shop.subscribe(buyer, 'pro-monthly')
  await shop.settle()
  const sessionId = await shop.signIn(buyer.id)
  return { ...buyer, subscription, by: { id: buyer.id, email: buyer.email, sessionId } }
}

test('a plan is cancelled and the customer made nameless before an account is closed', async () => {
  const { id, email, subscription, by } = await createSubscriber()
  const paid = await shop.ledger(id)
  await closeAccount({ userId: id, confirmation: email, by })
  expect(await shop.ask<Subscription>(`/subscriptions/${subscription}`)).toMatchObject({
    cancel_at_next_billing_date: true,
  })
  const { items } = await shop.ask<{ items: Customer[] }>('/customers')
  expect(items.filter((customer) => customer.email === email)).toEqual([])
  expect(items.map(({ name }) => name)).toContain('Closed account')
  expect(await shop.ledger(id)).toEqual(paid)
  await shop.expectSoundLedger()
})

test('whoever mistypes the address keeps the plan', async () => {
  const { id, subscription, by } = await createSubscriber()
  const refused = expect.objectContaining({ code: 'confirmation_mismatch', status: 400 })
  await expect(closeAccount({ userId: id, confirmation: 'yes', by })).rejects.toEqual(refused)
  expect(await shop.ask<Subscription>(`/subscriptions/${subscription}`)).toMatchObject({
    cancel_at_next_billing_date: false,
  })
})

test('an account stays open while the payment provider does not cancel its plan', async () => {
  const { id, email, by } = await createSubscriber()
  shop.interceptWith((request) =>
    request.method === 'PATCH' ? new Response('broken', { status: 502 }) : undefined,
  )
  await expect(closeAccount({ userId: id, confirmation: email, by })).rejects.toThrow()
  shop.interceptWith(() => undefined)
  expect([...(await shop.owner`select email, closed_at from profiles where id = ${id}`)]).toEqual([
    { email, closed_at: null },
  ])
  await closeAccount({ userId: id, confirmation: email, by })
})

test('a plan that is paid while its account is closed is ended, and its charge refunded', async () => {
  await shop.loseWebhooks()
  const buyer = await shop.createBuyer()
  const subscription = await shop.subscribe(buyer, 'pro-monthly')
  const by = { id: buyer.id, email: buyer.email, sessionId: await shop.signIn(buyer.id) }
  await closeAccount({ userId: buyer.id, confirmation: buyer.email, by })
  await shop.findWebhooks()
  expect(await endSurplusSubscriptions()).toMatchObject({ ended: 1, refunded: 1, failed: 0 })
  expect(await shop.ask(`/subscriptions/${subscription}`)).toMatchObject({ status: 'cancelled' })
  // The provider pays refunds out a little later.
  await vi.waitFor(async () => expect(await shop.wallet(buyer.id)).toMatchObject({ balance: 0 }))
  await shop.expectSoundLedger()
})

test('the address can buy again with a new account', async () => {
  const first = await createSubscriber()
  await closeAccount({ userId: first.id, confirmation: first.email, by: first.by })
  const second = await shop.createUser()
  await shop.owner`update auth.users set email = ${first.email} where id = ${second}`
  const { checkoutUrl } = await createCheckout({
    user: { id: second, internal: 'test' },
    packageId: 'pro-monthly',
  })
  expect(checkoutUrl).toContain('/session/')
})
