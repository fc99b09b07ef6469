import { beforeEach, expect, test } from 'vitest'
import { completeOrder, openShop } from './shop.ts'

let shop: ReturnType<typeof openShop>

beforeEach(async () => {
  shop = openShop()
  const customer = { id: 'ada', email: 'ada@example.com', loyalty_points: 0, tier: 'bronze' as const }
  await shop.db.insertInto('customers').values(customer).execute()
})

const order = { id: 'o1', customerId: 'ada', cents: 100_000, spentBefore: 0 }

test('an order gives its points and the tier it reaches, once', async () => {
  await Promise.all([completeOrder(shop, order), completeOrder(shop, order), completeOrder(shop, order)])
  expect(await shop.engine.queryBalance('ada')).toBe(1000)
  const customer = await shop.db.selectFrom('customers').selectAll().executeTakeFirstOrThrow()
  expect(customer).toMatchObject({ loyalty_points: 1000, tier: 'silver' })
})

test('a higher tier earns more and pays less', async () => {
  await completeOrder(shop, order)
  expect((await shop.engine.charge({ userId: 'ada', action: 'redeem-discount' })).cost).toBe(80)
  await completeOrder(shop, { id: 'o2', customerId: 'ada', cents: 400_000, spentBefore: 100_000 })
  expect(await shop.engine.queryBalance('ada')).toBe(920 + 6000)
  expect((await shop.engine.charge({ userId: 'ada', action: 'redeem-discount' })).cost).toBe(50)
})

test('free shipping is for silver and gold, and points are never below 0', async () => {
  const ship = { userId: 'ada', action: 'free-shipping' }
  await expect(shop.engine.charge(ship)).rejects.toMatchObject({
    code: 'MEMBERSHIP_REQUIRED',
    required: 'silver',
  })
  await completeOrder(shop, order)
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => shop.engine.charge(ship)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  expect(await shop.engine.queryBalance('ada')).toBe(100)
})
