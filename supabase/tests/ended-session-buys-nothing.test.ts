import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { manageSubscription } from '../../lib/payments/subscriptions/manage-subscription.ts'
import { openPortal } from '../../lib/payments/subscriptions/open-portal.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

let shop: Shop
/** What was asked of the payment provider. */
const asked: string[] = []

beforeAll(async () => {
  shop = await openShop()
  shop.interceptWith((request) => {
    asked.push(new URL(request.url).pathname)
    return undefined
  })
})
afterAll(() => shop.close())

test('from a session that was ended nothing is bought, opened or changed, and the provider hears nothing', async () => {
  const buyer = await shop.createBuyer()
  await shop.purchase(buyer, 'starter')
  const { id, email } = buyer
  const inSession = { id, email, sessionId: await shop.signIn(id) }
  await createCheckout({ user: inSession, packageId: 'pro' })
  await openPortal(inSession)
  expect(asked).not.toEqual([])

  asked.length = 0
  await shop.owner`delete from auth.sessions where user_id = ${id}`
  const refused = expect.objectContaining({ code: 'session_ended', status: 401 })
  for (const ended of [inSession, { id, email, sessionId: randomUUID() }]) {
    await expect(createCheckout({ user: ended, packageId: 'pro' })).rejects.toEqual(refused)
    await expect(openPortal(ended)).rejects.toEqual(refused)
    for (const action of ['cancel', 'resume'] as const) {
      await expect(manageSubscription(ended, { action })).rejects.toEqual(refused)
    }
    const change = { action: 'change_plan', packageId: 'pro-yearly' } as const
    await expect(manageSubscription(ended, change)).rejects.toEqual(refused)
  }
  expect(asked).toEqual([])
})
