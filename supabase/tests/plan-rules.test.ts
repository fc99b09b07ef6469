import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../lib/time.ts'
import { type Engine, openEngine } from './engine.ts'
import {
  type Buyer,
  chargeData,
  createBuyer,
  day,
  delivery,
  openCheckout,
  receiveAll,
  subscriptionData,
} from './events.ts'

let engine: Engine
let buyer: Buyer
let session: string
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  buyer = await createBuyer(engine)
  session = await openCheckout(engine, buyer, 'pro-monthly')
  return () => engine.expectSoundLedger()
})

/** A plan whose first period began at `day(0)` and ends at `day(30)`. */
const subscribe = (over: Record<string, unknown> = {}) => {
  const data = subscriptionData(buyer, over)
  return receiveAll(engine, [delivery('subscription.active', data), delivery('subscription.renewed', data)])
}
const charge = (over: Record<string, unknown>) =>
  receiveAll(engine, [delivery('payment.succeeded', chargeData(buyer, session, over))])

describe('a membership', () => {
  const membershipEnd = async () => {
    const [row] = await engine.owner<{ end: Date }[]>`
      select membership_expires_at as end from profiles where id = ${buyer.userId}`
    return row?.end.toISOString()
  }
  const periodEnd = Date.parse(day(30))

  test('lasts a day longer than its period while the plan renews, as the webhook may be late', async () => {
    await subscribe()
    expect(await membershipEnd()).toBe(new Date(periodEnd + DAY_MS).toISOString())
  })

  test('ends with its period once the plan does', async () => {
    await subscribe({ cancel_at_next_billing_date: true })
    expect(await membershipEnd()).toBe(new Date(periodEnd).toISOString())
  })
})

describe('a period', () => {
  const paidBy = async () => {
    const rows = await engine.owner<{ id: string | null }[]>`
      select m.provider_payment_id as id from subscription_periods p
      join subscriptions s on s.id = p.subscription_id left join payments m on m.id = p.payment_id
      where s.user_id = ${buyer.userId}`
    return rows.map(({ id }) => id)
  }
  const hours = (count: number) => new Date(Date.parse(day(0)) + count * HOUR_MS).toISOString()

  test.each([
    ['is paid by a charge within a day of its beginning', 23, true],
    ['is paid by a charge up to a day before it', -23, true],
    ['is not paid by a charge further away', 25, false],
    ['is not paid by a charge long before', -25, false],
  ])('%s', async (_, offset, isPaid) => {
    await subscribe()
    await charge({ payment_id: `pay_${buyer.customer}`, created_at: hours(offset) })
    expect(await paidBy()).toEqual([isPaid ? `pay_${buyer.customer}` : null])
  })

  test('is not paid by a charge of nothing', async () => {
    await subscribe()
    await charge({ payment_id: `pay_${buyer.customer}`, total_amount: 0 })
    expect(await paidBy()).toEqual([null])
  })
})

test('a plan is changed only from the one that was looked at', async () => {
  await subscribe()
  const [plan] = await engine.owner<
    { id: string }[]
  >`select id from subscriptions where user_id = ${buyer.userId}`
  const begin = (from: string) =>
    engine.call('begin_plan_change', {
      ...{ p_user_id: buyer.userId, p_subscription_id: plan?.id ?? '', p_from_package_id: from },
    })
  expect(await begin('pro-yearly')).toMatchObject({ begun: false })
  expect(await begin('pro-monthly')).toMatchObject({ begun: true })
})
