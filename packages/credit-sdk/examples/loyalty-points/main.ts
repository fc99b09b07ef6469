import { completeOrder, openShop } from './shop.ts'

const shop = openShop()
const { db, engine } = shop
await db
  .insertInto('customers')
  .values({ id: 'ada', email: 'ada@example.com', loyalty_points: 0, tier: 'bronze' })
  .execute()

await completeOrder(shop, { id: 'o1', customerId: 'ada', cents: 120_000, spentBefore: 0 })
const { cost, balanceAfter } = await engine.charge({
  userId: 'ada',
  action: 'free-shipping',
  idempotencyKey: 'o2',
})
console.log(`Free shipping for ${cost} points, ${balanceAfter} left.`)
await db.destroy()
