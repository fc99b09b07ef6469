import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { describePlanPurchase } from '../../lib/payments/checkout/plan-purchase.ts'
import { replayEvent } from '../../lib/payments/events/replay-event.ts'
import { HOUR_MS } from '../../lib/time.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import {
  type Buyer,
  chargeData,
  copy,
  createBuyer,
  type Delivery,
  day,
  delivery,
  openCheckout,
  receive,
  receiveAll,
  subscriptionData,
} from './events.ts'
import { post, signDelivery } from './signed-webhook.ts'

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
  session = await openCheckout(app, buyer, 'pro-monthly')
  return () => app.expectSoundLedger()
})

const renewed = (over = {}, at = day(0)) =>
  delivery('subscription.renewed', subscriptionData(buyer, over), at)
const charged = (at: string, id = `pay_${randomUUID()}`) =>
  delivery('payment.succeeded', chargeData(buyer, null, { payment_id: id, created_at: at }))
const subscribed = () => [delivery('payment.succeeded', chargeData(buyer, session)), renewed()]
const later = (ms: number) => new Date(Date.parse(day(0)) + ms).toISOString()

const balance = async () => (await app.wallet(buyer.userId)).balance
const periods = async () => {
  const rows = await app.owner<{ package: string; start: Date; end: Date; payment: string | null }[]>`
    select p.package_id as package, p.period_start as start, p.period_end as "end", c.provider_payment_id as payment
    from subscription_periods p join subscriptions s on s.id = p.subscription_id left join payments c on c.id = p.payment_id
    where s.user_id = ${buyer.userId} order by p.period_start`
  return rows.map(({ start, end, ...rest }) => ({
    ...rest,
    start: start.toISOString(),
    end: end.toISOString(),
  }))
}
const statusOf = async ({ id }: Delivery) => {
  const [event] = await app.owner<{ status: string }[]>`
    select status from payment_events where id in (${id}, ${`dodopayments:${id}`})`
  return event?.status
}

describe('a period that was paid once', () => {
  test.each([
    ['a second', 1000],
    ['a minute', 60_000],
    ['an hour', HOUR_MS],
    ['an hour less', -HOUR_MS],
  ])('grants nothing more when it is told of with a beginning %s off', async (_, off) => {
    await receiveAll(app, subscribed())
    const told = renewed({ previous_billing_date: later(off) })
    const key = process.env.DODO_PAYMENTS_WEBHOOK_KEY?.split(',')[0] ?? ''
    expect(await post(signDelivery(told, key))).toBe(200)
    expect(await balance()).toBe(500)
    expect(await periods()).toHaveLength(1)
    expect(await statusOf(told)).toBe('review')
    // Sent again it is acknowledged again, and another event about it lists it no second time.
    expect(await post(signDelivery(told, key))).toBe(200)
    const again = copy(told)
    expect(await receive(app, again)).toMatchObject({ ok: true })
    expect(await statusOf(again)).toBe('processed')
    expect(await balance()).toBe(500)
  })

  test('is closed by the admin who looked at it, and opened by nothing after', async () => {
    const told = renewed({ previous_billing_date: later(HOUR_MS) })
    await receiveAll(app, [...subscribed(), told])
    expect(await replayEvent(told.id, await app.createAdmin())).toBe('reviewed')
    expect(await statusOf(told)).toBe('processed')
    await receiveAll(app, [charged(later(HOUR_MS)), copy(told)])
    expect(await balance()).toBe(500)
  })

  test('pays for one period, however near another one begins', async () => {
    const change = { product_id: 'pdt_enterprise_monthly', previous_billing_date: day(0.2) }
    const changed = delivery('subscription.plan_changed', subscriptionData(buyer, change), day(0.2))
    await receiveAll(app, [...subscribed(), changed])
    expect(await periods()).toMatchObject([{ payment: `pay_of_${session}` }, { payment: null }])
    await receiveAll(app, [charged(day(0.2), `pay_2_of_${session}`)])
    expect(await periods()).toMatchObject([
      { payment: `pay_of_${session}` },
      { payment: `pay_2_of_${session}` },
    ])
  })
})

describe('a renewal that was brought forward', () => {
  const early = { previous_billing_date: day(3), next_billing_date: day(33) }

  test.each([
    ['after its charge', (charge: Delivery, renewal: Delivery) => [charge, renewal]],
    ['before its charge', (charge: Delivery, renewal: Delivery) => [renewal, charge]],
  ])('is granted, and ends the period before it, when it is told of %s', async (_, order) => {
    const renewal = renewed(early, day(3))
    await receiveAll(app, [...subscribed(), ...order(charged(day(3), `pay_early_of_${session}`), renewal)])
    expect(await balance()).toBe(1000)
    expect(await periods()).toMatchObject([
      { start: day(0), end: day(3) },
      { start: day(3), end: day(33), payment: `pay_early_of_${session}` },
    ])
    expect(await statusOf(renewal)).toBe('processed')
  })
})

describe('a plan change that begins a period', () => {
  const change = (at: number) =>
    delivery(
      'subscription.plan_changed',
      subscriptionData(buyer, {
        product_id: 'pdt_enterprise_monthly',
        previous_billing_date: day(at),
        next_billing_date: day(at + 30),
      }),
      day(at),
    )

  test.each([
    ['in their order', (before: Delivery[], told: Delivery) => [...before, told]],
    ['the change first', (before: Delivery[], told: Delivery) => [told, ...before]],
  ])('ends the period it came in, told of %s', async (_, order) => {
    await receiveAll(app, order(subscribed(), change(3)))
    expect(await balance()).toBe(3500)
    expect(await periods()).toMatchObject([
      { package: 'pro-monthly', start: day(0), end: day(3) },
      { package: 'enterprise-monthly', start: day(3), end: day(33) },
    ])
  })

  test('there and back within a month is three periods, in every order', async () => {
    const back = renewed({ previous_billing_date: day(6), next_billing_date: day(36) }, day(6))
    await receiveAll(app, [back, ...subscribed(), change(3)])
    expect(await balance()).toBe(4000)
    expect((await periods()).map(({ start, end }) => [start, end])).toEqual([
      [day(0), day(3)],
      [day(3), day(6)],
      [day(6), day(36)],
    ])
  })

  test('in the very second its period began is listed for the admin, not dropped', async () => {
    const told = change(0)
    await receiveAll(app, [...subscribed(), told])
    expect(await balance()).toBe(500)
    expect(await statusOf(told)).toBe('review')
  })
})

test('who comes back from the checkout reads the name of the plan, even if it became active meanwhile', async () => {
  await receiveAll(app, [delivery('payment.succeeded', chargeData(buyer, session))])
  const readSubscription = async () => {
    const { createAdminClient } = await import('../../lib/supabase/admin.ts')
    const { data } = await createAdminClient()
      .from('subscriptions')
      .select()
      .eq('user_id', buyer.userId)
      .single()
    if (!data) throw new Error('There is no subscription.')
    return data
  }
  const pending = await readSubscription()
  expect(pending.status).toBe('pending')
  await receiveAll(app, [renewed()])
  expect(await describePlanPurchase(pending)).toMatchObject({
    state: 'succeeded',
    plan: { active: true, until: expect.any(String) },
  })
})
