import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { translateEvent } from '../../lib/payments/dodopayments/translate.ts'
import { type Engine, openEngine } from './engine.ts'
import {
  copy,
  createBuyer,
  type Delivery,
  delivery,
  openCheckout,
  paymentData,
  receive,
  receiveAll,
  records,
} from './events.ts'
import { type History, history, tell } from './money-history.ts'

const RUNS = 40
const LIMIT_MS = 120_000

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterAll(() => engine.close())

/** How a delivery fares: where it lands among the others, how often it comes, and whether its first try is cut off. */
const fate = fc.record({
  place: fc.nat(10_000),
  copies: fc.integer({ min: 1, max: 3 }),
  sameId: fc.boolean(),
  cut: fc.boolean(),
})

/** A server that dies between the two: the transaction is undone, and nobody answers. */
async function receiveAndLose(told: Delivery): Promise<void> {
  const { id, ...payload } = told
  const { event } = translateEvent(payload)
  await engine.call('store_payment_event', {
    p_id: id,
    p_type: told.type,
    p_payload: payload,
    p_provider: 'dodopayments',
  })
  if (!event) return
  const lost = new Error('lost')
  await engine.server
    .begin(async (sql) => {
      await sql`select apply_payment_event(${id}, ${sql.json(event)})`
      throw lost
    })
    .catch((error) => {
      if (error !== lost) throw error
    })
}

/** Somebody who has used up some credits of an earlier purchase, with checkouts open for what the history tells. */
async function begin(story: History) {
  const buyer = await createBuyer(engine)
  const session = await openCheckout(engine, buyer)
  const planSession = await openCheckout(engine, buyer, 'pro-monthly')
  const sessions = [session]
  for (const packageId of ['starter', 'enterprise'].slice(0, story.purchases.length - 1)) {
    sessions.push(await openCheckout(engine, buyer, packageId))
  }
  const told = tell(story, buyer, sessions, planSession).map((one) => withProduct(one))
  await receiveAll(engine, [delivery('payment.succeeded', paymentData(buyer, session))])
  if (story.spent > 0) {
    await engine.call('deduct_credits', { p_user_id: buyer.userId, p_amount: story.spent })
  }
  return { buyer, told }
}

/** The other purchases are of other packages. */
function withProduct(told: Delivery): Delivery {
  const [, packageId] = /^cks_(starter|enterprise)_of_/.exec(String(told.data.checkout_session_id)) ?? []
  if (!packageId) return told
  return { ...told, data: { ...told.data, product_cart: [{ product_id: `pdt_${packageId}`, quantity: 1 }] } }
}

async function finalRecords(buyer: Awaited<ReturnType<typeof createBuyer>>) {
  const { mails, ...rest } = await records(engine, buyer)
  expect(await engine.owner`select * from verify_ledger(${buyer.userId})`).toHaveLength(0)
  return { ...rest, mails: JSON.stringify(mails).match(/(receipt|refund):\w+/g) }
}

test(
  'whatever the order, however often, whatever fails on the way: the records end as if all had come cleanly',
  async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.array(fate, { minLength: 40, maxLength: 40 }), async (story, fates) => {
        const clean = await begin(story)
        await receiveAll(engine, clean.told)

        const stormy = await begin(story)
        const arrivals = stormy.told.flatMap((told, index) => {
          const { copies = 1, sameId = true, cut = false, place = 0 } = fates[index] ?? {}
          return Array.from({ length: copies }, (_, repeat) => ({
            told: repeat > 0 && !sameId ? copy(told) : told,
            cut: cut && repeat === 0,
            place: (place * (repeat + 1)) % 9973,
          }))
        })
        arrivals.sort((a, b) => a.place - b.place)
        for (const { told, cut } of arrivals) if (cut) await receiveAndLose(told)
        // Pairs arrive at the same moment.
        for (let index = 0; index < arrivals.length; index += 2) {
          await Promise.all(arrivals.slice(index, index + 2).map(({ told }) => receive(engine, told)))
        }
        await receiveAll(
          engine,
          arrivals.map(({ told }) => told),
        )

        expect(await finalRecords(stormy.buyer)).toEqual(await finalRecords(clean.buyer))
      }),
      { numRuns: RUNS, endOnFailure: false },
    )
  },
  LIMIT_MS,
)
