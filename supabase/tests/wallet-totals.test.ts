import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import {
  type Buyer,
  createBuyer,
  delivery,
  disputeData,
  openCheckout,
  paymentData,
  receive,
  receiveAll,
  subscriptionData,
} from './events.ts'

let engine: Engine
let buyer: Buyer
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  buyer = await createBuyer(engine)
  return () => engine.expectSoundLedger()
})

const totals = () => engine.call('wallet_totals', { p_user_id: buyer.userId, p_credit_type: 'general' })
const wallet = async () => {
  const [row] = await engine.owner<{ bought: number; used: number; balance: number }[]>`
    select total_purchased::int as bought, total_used::int as used, balance::int
    from credits where user_id = ${buyer.userId} and credit_type = 'general'`
  return row
}
async function buy() {
  const session = await openCheckout(engine, buyer)
  await receive(engine, delivery('payment.succeeded', paymentData(buyer, session)))
  return `pay_of_${session}`
}
const spend = (amount: number) => engine.call('deduct_credits', { p_user_id: buyer.userId, p_amount: amount })

test('a wallet that nothing was bought for is made of nothing', async () => {
  expect(await totals()).toEqual({ purchased: 0, subscribed: 0, taken_back: 0, refunded: 0 })
})

test('packages and plans are told apart, and come to what was bought', async () => {
  await buy()
  await openCheckout(engine, buyer, 'pro-monthly')
  const plan = subscriptionData(buyer)
  await receiveAll(engine, [delivery('subscription.active', plan), delivery('subscription.renewed', plan)])
  expect(await totals()).toEqual({ purchased: 500, subscribed: 500, taken_back: 0, refunded: 0 })
  expect(await wallet()).toMatchObject({ bought: 1000 })
})

test('charges less what was refunded come to what was used', async () => {
  await buy()
  await spend(40)
  const charge = await spend(10)
  await engine.call('refund_transaction', { p_transaction_id: charge.transaction_id ?? null })
  expect(await totals()).toMatchObject({ refunded: 10 })
  expect(await wallet()).toMatchObject({ used: 40 })
})

test('what a dispute takes back counts with what had been spent, until it is won', async () => {
  const payment = await buy()
  await spend(450)
  await receive(engine, delivery('dispute.opened', disputeData(payment)))
  expect(await totals()).toMatchObject({ purchased: 500, taken_back: 500 })
  expect(await wallet()).toMatchObject({ bought: 500, balance: 0 })
  await receive(engine, delivery('dispute.won', disputeData(payment)))
  expect(await totals()).toMatchObject({ purchased: 500, taken_back: 0 })
})
