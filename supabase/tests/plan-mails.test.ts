import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import {
  type Buyer,
  chargeData,
  createBuyer,
  day,
  delivery,
  disputeData,
  openCheckout,
  receiveAll,
  subscriptionData,
} from './events.ts'

let engine: Engine
let buyer: Buyer
let session: string
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  buyer = await createBuyer(engine)
  session = await openCheckout(engine, buyer, 'pro-monthly')
})

const plan = (type: string, at: number, over = {}) =>
  delivery(`subscription.${type}`, subscriptionData(buyer, over), day(at))
const tell = (...told: ReturnType<typeof delivery>[]) => receiveAll(engine, told)
const mails = async (kind: string) => {
  const rows = await engine.owner<{ data: object }[]>`
    select data from mails where user_id = ${buyer.userId} and kind = ${kind} order by id`
  return rows.map(({ data }) => data)
}

test('a plan that starts says until when it is paid, and what a trial is', async () => {
  await tell(plan('active', 0))
  expect(await mails('plan_started')).toMatchObject([
    { package_name: 'Pro monthly', trial: false, renews: true },
  ])
  const [{ period_end: end } = { period_end: '' }] = (await mails('plan_started')) as { period_end: string }[]
  expect(new Date(end)).toEqual(new Date(day(30)))

  buyer = await createBuyer(engine)
  await openCheckout(engine, buyer, 'pro-monthly')
  await tell(plan('active', 0, { trial_period_days: 14, next_billing_date: day(14) }))
  expect(await mails('plan_started')).toMatchObject([{ trial: true }])
})

test('a plan that is canceled, kept, and canceled again is told of twice', async () => {
  await tell(plan('active', 0))
  await tell(plan('cancelled', 3, { cancel_at_next_billing_date: true }))
  await tell(plan('updated', 4, { cancel_at_next_billing_date: true }))
  expect(await mails('plan_cancelled')).toHaveLength(1)
  await tell(plan('updated', 5))
  await tell(plan('cancelled', 6, { cancel_at_next_billing_date: true }))
  expect(await mails('plan_cancelled')).toHaveLength(2)
  // Its end was told already.
  await tell(plan('cancelled', 30, { status: 'cancelled', cancel_at_next_billing_date: true }))
  expect(await mails('plan_cancelled')).toHaveLength(2)
})

test('a change that comes with the next period is told of when it is asked for, and when it is there', async () => {
  await tell(plan('active', 0))
  const scheduled_change = { product_id: 'pdt_enterprise_monthly' }
  await tell(plan('updated', 3, { scheduled_change }), plan('updated', 4, { scheduled_change }))
  expect(await mails('plan_changed')).toMatchObject([
    { package_name: 'Pro monthly', scheduled_name: 'Enterprise monthly' },
  ])
  await tell(plan('plan_changed', 30, { product_id: 'pdt_enterprise_monthly' }))
  expect(await mails('plan_changed')).toMatchObject([
    {},
    { package_name: 'Enterprise monthly', from_name: 'Pro monthly' },
  ])
})

test('a second plan beside a live one is not welcomed, nor is its end told of', async () => {
  await tell(plan('active', 0))
  const second = { subscription_id: `sub_second_of_${buyer.customer}` }
  await tell(plan('active', 1, second), plan('cancelled', 1, { ...second, status: 'cancelled' }))
  expect(await mails('plan_started')).toHaveLength(1)
  expect(await mails('plan_cancelled')).toEqual([])
})

test('a dispute says what was taken and, once it has ended, what came back', async () => {
  await tell(delivery('payment.succeeded', chargeData(buyer, session)), plan('active', 0), plan('renewed', 0))
  const payment = `pay_of_${session}`
  const dispute = (status: string, at: number) =>
    delivery(`dispute.${status}`, disputeData(payment, { amount: '2900' }), day(at))
  await tell(dispute('opened', 2), dispute('challenged', 3))
  expect(await mails('dispute')).toMatchObject([{ ended: false, credits: 500, balance: 0, amount: 2900 }])
  await tell(dispute('won', 4))
  expect(await mails('dispute')).toMatchObject([{}, { ended: true, credits: 500, balance: 500 }])
})

test('a dispute that is known once it was won took nothing, and is not told of', async () => {
  await tell(delivery('payment.succeeded', chargeData(buyer, session)), plan('active', 0), plan('renewed', 0))
  const won = disputeData(`pay_of_${session}`, { amount: '2900' })
  await tell(delivery('dispute.won', won, day(4)), delivery('dispute.opened', won, day(2)))
  expect(await mails('dispute')).toEqual([])
})

test('a receipt keeps the date and the tax of its payment', async () => {
  const charge = chargeData(buyer, session, { total_amount: 2900, tax: 463 })
  await tell(delivery('payment.succeeded', charge), plan('active', 0), plan('renewed', 0))
  expect(await mails('receipt')).toMatchObject([{ tax: 463, amount: 2900, provider: 'dodopayments' }])
  const [payment] = await engine.owner`
    select charged_tax::int as tax, charged_at from payments where provider_payment_id = ${`pay_of_${session}`}`
  const [receipt] = (await mails('receipt')) as { paid_at: string }[]
  expect(payment?.tax).toBe(463)
  expect(new Date(receipt?.paid_at ?? '')).toEqual(payment?.charged_at)
})

test('nobody hears of a plan at a closed account', async () => {
  await tell(plan('active', 0))
  await engine.owner`delete from mails where user_id = ${buyer.userId}`
  await engine.owner`update profiles set closed_at = now() where id = ${buyer.userId}`
  await tell(plan('cancelled', 3, { status: 'cancelled' }))
  expect(await mails('plan_cancelled')).toEqual([])
})
