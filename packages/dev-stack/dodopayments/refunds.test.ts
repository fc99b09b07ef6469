import DodoPayments from 'dodopayments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from './testing.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

/** Buys and gives the payment's id; its events have arrived and are forgotten. */
async function buy(product_cart = [{ product_id: 'pdt_pro', quantity: 1 }], card = CARDS.success) {
  await sandbox.pay((await sandbox.createCheckout({ product_cart })).url, card)
  await sandbox.events()
  return (await sandbox.client.payments.list()).items[0]?.payment_id ?? ''
}

const settled = async (id: string) => {
  await expect.poll(async () => (await sandbox.client.refunds.retrieve(id)).status).not.toBe('pending')
  return sandbox.client.refunds.retrieve(id)
}

test('a whole refund is pending, then succeeds and says so', async () => {
  const payment_id = await buy()
  const refund = await sandbox.client.refunds.create({ payment_id, reason: 'Asked', metadata: { by: 'me' } })
  expect(refund).toMatchObject({
    payment_id,
    status: 'pending',
    amount: 3999,
    currency: 'USD',
    is_partial: false,
    reason: 'Asked',
    metadata: { by: 'me' },
    customer: { email: 'buyer@example.com' },
  })
  expect(await settled(refund.refund_id)).toEqual({ ...refund, status: 'succeeded' })
  await sandbox.idle()
  expect(sandbox.received).toMatchObject([
    { type: 'refund.succeeded', data: { payload_type: 'Refund', ...refund, status: 'succeeded' } },
  ])
  const payment = await sandbox.client.payments.retrieve(payment_id)
  expect(payment).toMatchObject({ refund_status: 'full', refunds: [{ refund_id: refund.refund_id }] })
  expect((await sandbox.client.payments.list()).items[0]?.refund_status).toBe('full')
  await expect(sandbox.client.refunds.create({ payment_id })).rejects.toThrow(DodoPayments.ConflictError)
})

test('partial refunds are measured against what is left of each item', async () => {
  const payment_id = await buy([
    { product_id: 'pdt_pro', quantity: 1 },
    { product_id: 'pdt_starter', quantity: 2 },
  ])
  const refund = (item_id: string, amount?: number) =>
    sandbox.client.refunds.create({ payment_id, items: [{ item_id, amount }] })
  const first = await refund('pdt_starter', 500)
  expect(first).toMatchObject({ is_partial: true, amount: 500 })
  await settled(first.refund_id)
  expect((await sandbox.client.payments.retrieve(payment_id)).refund_status).toBe('partial')
  await expect(refund('pdt_starter', 1499)).rejects.toThrow(/1498 of pdt_starter can be refunded/)
  await expect(refund('pdt_starter', 0)).rejects.toThrow(DodoPayments.UnprocessableEntityError)
  await expect(refund('pdt_none')).rejects.toThrow(DodoPayments.UnprocessableEntityError)
  expect(await refund('pdt_starter')).toMatchObject({ amount: 1498 })
  const { items } = await sandbox.client.payments.retrieveLineItems(payment_id)
  expect(items.map(({ items_id, refundable_amount }) => [items_id, refundable_amount])).toEqual([
    ['pdt_pro', 3999],
    ['pdt_starter', 0],
  ])
  expect(await sandbox.client.refunds.create({ payment_id })).toMatchObject({
    amount: 3999,
    is_partial: true,
  })
})

test('a refund that was told to fail fails, and its amount is free again', async () => {
  const payment_id = await buy()
  await sandbox.control('POST', '/sandbox/faults', { failRefunds: 1 })
  const refund = await sandbox.client.refunds.create({ payment_id })
  expect((await settled(refund.refund_id)).status).toBe('failed')
  expect(await sandbox.events()).toEqual(['refund.failed'])
  expect((await sandbox.client.payments.retrieve(payment_id)).refund_status).toBeNull()
  const again = await sandbox.client.refunds.create({ payment_id })
  expect((await settled(again.refund_id)).status).toBe('succeeded')
})

test('nothing that was not paid is refunded', async () => {
  const payment_id = await buy(undefined, CARDS.declined)
  await expect(sandbox.client.refunds.create({ payment_id })).rejects.toThrow(/succeeded can be refunded/)
  await expect(sandbox.client.refunds.create({ payment_id: 'pay_none' })).rejects.toThrow(
    DodoPayments.NotFoundError,
  )
})

test('refunds are listed and filtered, and the dashboard can start one', async () => {
  const payment_id = await buy()
  await sandbox.control('POST', `/sandbox/payments/${payment_id}/refund`, { amount: 100 })
  await sandbox.control('POST', `/sandbox/payments/${payment_id}/refund`)
  const { customer } = await sandbox.client.payments.retrieve(payment_id)
  const list = async (query: DodoPayments.RefundListParams) =>
    (await sandbox.client.refunds.list(query)).items.map(({ amount }) => amount)
  expect(await list({ customer_id: customer.customer_id })).toEqual([3899, 100])
  expect(await list({ customer_id: 'cus_none' })).toEqual([])
  await expect.poll(() => list({ status: 'succeeded' })).toEqual([3899, 100])
  expect(await list({ page_number: 1, page_size: 1 })).toEqual([100])
})

test('an amount refunded in the dashboard is taken from each item in turn', async () => {
  const payment_id = await buy([
    { product_id: 'pdt_starter', quantity: 1 },
    { product_id: 'pdt_pro', quantity: 1 },
  ])
  const refund = (amount: number) =>
    sandbox.control('POST', `/sandbox/payments/${payment_id}/refund`, { amount })
  expect(await refund(4999)).toMatchObject({ code: 'REFUND_AMOUNT_EXCEEDED' })
  expect(await refund(1499)).toMatchObject({ amount: 1499 })
  const { items } = await sandbox.client.payments.retrieveLineItems(payment_id)
  expect(items.map(({ refundable_amount }) => refundable_amount)).toEqual([0, 3499])
})

test('a refund that waits survives a restart', async () => {
  await sandbox.close()
  sandbox = await startFixture({ settlementDelay: 200 })
  const refund = await sandbox.client.refunds.create({ payment_id: await buy() })
  await sandbox.restart()
  expect((await settled(refund.refund_id)).status).toBe('succeeded')
})

test('a dispute is opened and ended by controls, and told of', async () => {
  const payment_id = await buy()
  const opened = await sandbox.control<DodoPayments.GetDispute>(
    'POST',
    `/sandbox/payments/${payment_id}/dispute`,
  )
  expect(opened).toMatchObject({ payment_id, amount: '3999', dispute_status: 'dispute_opened' })
  const { dispute_id } = opened
  expect(await sandbox.client.disputes.retrieve(dispute_id)).toEqual(opened)
  const move = (outcome: string) => sandbox.control('POST', `/sandbox/disputes/${dispute_id}`, { outcome })
  await move('challenged')
  await move('lost')
  expect(await move('won')).toMatchObject({ code: 'DISPUTE_DECIDED' })
  expect(await sandbox.events()).toEqual(['dispute.opened', 'dispute.challenged', 'dispute.lost'])
  const payment = await sandbox.client.payments.retrieve(payment_id)
  expect(payment.disputes).toMatchObject([{ dispute_id, dispute_status: 'dispute_lost' }])
  const listed = await sandbox.client.disputes.list({ dispute_status: 'dispute_lost' })
  expect(listed.items.map((item) => item.dispute_id)).toEqual([dispute_id])
  expect((await sandbox.client.disputes.list({ dispute_status: 'dispute_won' })).items).toEqual([])
})

test.each(['won', 'accepted', 'cancelled', 'expired'])('a dispute can be %s', async (outcome) => {
  const payment_id = await buy()
  const pathname = `/sandbox/payments/${payment_id}/dispute`
  const { dispute_id } = await sandbox.control<DodoPayments.GetDispute>('POST', pathname, { amount: 500 })
  await sandbox.control('POST', `/sandbox/disputes/${dispute_id}`, { outcome })
  expect(await sandbox.events()).toEqual(['dispute.opened', `dispute.${outcome}`])
  expect(await sandbox.client.disputes.retrieve(dispute_id)).toMatchObject({
    amount: '500',
    dispute_status: `dispute_${outcome}`,
  })
})
