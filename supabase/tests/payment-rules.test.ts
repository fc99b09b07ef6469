import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import {
  type Buyer,
  createBuyer,
  delivery,
  disputeData,
  newId,
  openCheckout,
  paymentData,
  receive,
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
  session = await openCheckout(engine, buyer)
  return () => engine.expectSoundLedger()
})

const bought = () => delivery('payment.succeeded', paymentData(buyer, session))

test('what comes back from a dead run repays a debt before it pays for the next run', async () => {
  const told = bought()
  await receive(engine, told)
  const reserve = (price: number, holdMs: number) =>
    engine.call('reserve_credits', {
      p_caller: { internal: 'test' },
      p_user_id: buyer.userId,
      p_action: 'run',
      p_prices: { default: price },
      p_hold_ms: holdMs,
    })
  await reserve(10, 0)
  await engine.call('deduct_credits', { p_user_id: buyer.userId, p_amount: 490 })
  await receive(engine, delivery('dispute.opened', disputeData(`pay_of_${session}`)))

  expect(await reserve(1, 60_000)).toMatchObject({ ok: false, code: 'insufficient_credits', balance: 0 })
})

test('an event sent again replaces its payload until it was processed, and never after', async () => {
  const payload = async (id: string) => {
    const [row] = await engine.owner<
      { payload: object }[]
    >`select payload from payment_events where id = ${id}`
    return row?.payload
  }
  const again = (id: string, data: object) =>
    engine.call('store_payment_event', {
      p_id: id,
      p_type: 'payment.succeeded',
      p_payload: data,
      p_provider: 'dodopayments',
    })

  const failed = newId('msg')
  await again(failed, { sent: 1 })
  await engine.call('finish_payment_event', { p_id: failed, p_status: 'failed', p_error: 'unreadable' })
  await again(failed, { sent: 2 })
  expect(await payload(failed)).toEqual({ sent: 2 })

  const told = bought()
  await receive(engine, told)
  const applied = await payload(told.id)
  await again(told.id, { sent: 2 })
  expect(await payload(told.id)).toEqual(applied)
})

test('the provider is asked about a checkout for a day, and no longer', async () => {
  const letPass = (interval: string) =>
    engine.owner`
      update payments set created_at = created_at - ${interval}::interval, checked_at = null
      where user_id = ${buyer.userId}`
  const claim = () => engine.call('claim_payment_check', { p_user_id: buyer.userId })

  await letPass('23 hours 59 minutes')
  expect(await claim()).toMatchObject({ claimed: true, checkout_session_id: session })
  await letPass('2 minutes')
  expect(await claim()).toMatchObject({ claimed: false })
})
