import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { creditService } from '../../lib/credits/index.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import {
  createBuyer,
  delivery,
  disputeData,
  openCheckout,
  paymentData,
  receiveAll,
  refundData,
} from './events.ts'

let app: Engine
let userId: string
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  userId = await app.createUser()
  return () => app.expectSoundLedger()
})

describe('credits that are given', () => {
  test('do not count as bought; those of a plain addCredits do', async () => {
    await creditService.addCredits(userId, 30, { type: 'promotion', description: 'For your feedback' })
    expect(await app.wallet(userId)).toMatchObject({ balance: 30, total_purchased: 0 })
    await creditService.addCredits(userId, 20)
    expect(await app.wallet(userId)).toMatchObject({ balance: 50, total_purchased: 20 })
    expect(await app.ledger(userId)).toEqual(['promotion 30', 'purchase 20'])
    const { totalPurchased } = (await creditService.getUsageStats(userId)) ?? {}
    expect(totalPurchased).toBe(20)
  })
})

describe('a deduction that was refunded', () => {
  const charge = async () => {
    const answer = await app.call('deduct_credits', { p_user_id: userId, p_amount: 8 })
    return answer.transaction_id ?? 0
  }
  const refund = (id: number, amount: number | null) =>
    app.call('refund_transaction', { p_transaction_id: id, p_amount: amount })

  test('has already been refunded, whatever is asked for then', async () => {
    await creditService.addCredits(userId, 20)
    const id = await charge()
    await refund(id, null)
    expect(await refund(id, null)).toMatchObject({ ok: true, replayed: true })
    expect(await refund(id, 3)).toMatchObject({
      code: 'not_refundable',
      message: 'This transaction has already been refunded.',
    })
  })

  test('in part says how much, and that more takes a key', async () => {
    await creditService.addCredits(userId, 20)
    const id = await charge()
    await refund(id, 3)
    expect(await refund(id, null)).toMatchObject({
      code: 'not_refundable',
      message: expect.stringMatching(/^3 of the 8 credits of this transaction have already been refunded\./),
    })
    expect((await app.wallet(userId)).balance).toBe(15)
  })
})

test('the receipt of somebody with a debt says what was repaid', async () => {
  const buyer = await createBuyer(app)
  const session = await openCheckout(app, buyer)
  await receiveAll(app, [delivery('payment.succeeded', paymentData(buyer, session))])
  await app.call('deduct_credits', { p_user_id: buyer.userId, p_amount: 400 })
  await receiveAll(app, [
    delivery('refund.succeeded', refundData(`pay_of_${session}`, 3999, { is_partial: false })),
    delivery('dispute.opened', disputeData(`pay_of_${session}`)),
  ])
  const again = await openCheckout(app, buyer, 'enterprise')
  const bought = paymentData(buyer, again, { product_cart: [{ product_id: 'pdt_enterprise', quantity: 1 }] })
  await receiveAll(app, [delivery('payment.succeeded', bought)])
  const [mail] = await app.owner<{ data: object }[]>`
    select data from mails where business_key = ${`receipt:dodopayments:pay_of_${again}`}`
  expect(mail?.data).toMatchObject({ credits: 2000, repaid: 400, balance: 1600 })
})
