import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import {
  chargeData,
  copy,
  createBuyer,
  type Delivery,
  delivery,
  openCheckout,
  receiveAll,
  records,
  subscriptionData,
} from './events.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterAll(() => engine.close())

/** Every order of the things, each of which comes once or twice. */
function orders(things: readonly string[]): string[][] {
  const permute = (rest: readonly string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first, index) =>
          permute(rest.toSpliced(index, 1)).map((following) => [first, ...following]),
        )
  const bags = things.reduce<string[][]>(
    (all, thing) =>
      all.flatMap((bag) => [
        [...bag, thing],
        [...bag, thing, thing],
      ]),
    [[]],
  )
  const all = bags.flatMap(permute).map((order) => order.join(' '))
  return [...new Set(all)].map((order) => order.split(' '))
}

const FIRST_DAY = ['payment.succeeded', 'subscription.active', 'subscription.renewed']
const ORDERS = orders(FIRST_DAY)
/** For all of them, which are one test. */
const LIMIT_MS = 240_000

test('all orders are tried', () => {
  // Of 3 to 6 deliveries, alike ones counted once: 6 + 3 × 12 + 3 × 30 + 90.
  expect(ORDERS).toHaveLength(222)
})

test.each([
  ['under ids of their own', copy],
  ['under the same id', (told: Delivery) => told],
] as const)(
  'a subscription’s first day ends with one grant, in every order, repeated %s',
  async (_name, again) => {
    for (const order of ORDERS) {
      const buyer = await createBuyer(engine)
      const session = await openCheckout(engine, buyer, 'pro-monthly')
      const told: Record<string, Delivery> = {
        'payment.succeeded': delivery('payment.succeeded', chargeData(buyer, session)),
        'subscription.active': delivery('subscription.active', subscriptionData(buyer)),
        'subscription.renewed': delivery('subscription.renewed', subscriptionData(buyer)),
      }
      const seen = new Set<string>()
      const all = order.flatMap((type) => {
        const first = told[type]
        if (!first) return []
        if (seen.has(type)) return [again(first)]
        seen.add(type)
        return [first]
      })
      await receiveAll(engine, all)
      expect(await records(engine, buyer), order.join(' → ')).toMatchObject({
        balance: 500,
        debt: 0,
        tier: 'pro',
        payments: [{ status: 'succeeded' }],
        subscriptions: [{ status: 'active', package: 'pro-monthly' }],
        periods: [{ credits: 500, payment: 'pay_of_cks_pro-monthly_of_them' }],
        mails: [{ kind: 'plan_started' }, { kind: 'receipt' }],
      })
    }
    await engine.expectSoundLedger()
  },
  LIMIT_MS,
)
