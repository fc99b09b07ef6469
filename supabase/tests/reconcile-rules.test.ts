import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { translateEvent } from '../../lib/payments/dodopayments/translate.ts'
import type { PaymentUpdate, RefundUpdate } from '../../lib/payments/events/payment-event.ts'
import { paymentProvider } from '../../lib/payments/index.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { DAY_MS, HOUR_MS } from '../../lib/time.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import {
  type Buyer,
  createBuyer,
  delivery,
  openCheckout,
  paymentData,
  receive,
  refundData,
} from './events.ts'

let app: Engine
let buyer: Buyer
let session: string
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  buyer = await createBuyer(app)
  session = await openCheckout(app, buyer)
  providerLists({})
  return () => vi.restoreAllMocks()
})

async function* stream<Item>(items: Item[]): AsyncGenerator<Item> {
  yield* items
}

/** What the provider tells when it is asked. */
function providerLists({
  payments = [],
  refunds = [],
}: {
  payments?: PaymentUpdate[]
  refunds?: RefundUpdate[]
}) {
  vi.spyOn(paymentProvider, 'listSubscriptions').mockImplementation(() => stream([]))
  vi.spyOn(paymentProvider, 'listPayments').mockImplementation(() => stream(payments))
  vi.spyOn(paymentProvider, 'findPayment').mockImplementation(
    async (id) => payments.find(({ payment_id }) => payment_id === id) ?? null,
  )
  return vi.spyOn(paymentProvider, 'listRefunds').mockImplementation(() => stream(refunds))
}

function payment(over: Record<string, unknown> = {}, of: Buyer = buyer): PaymentUpdate {
  const data = paymentData(of, session, over)
  const { event } = translateEvent(delivery(`payment.${data.status}`, data))
  if (event?.kind !== 'payment') throw new Error('This is no payment.')
  return event
}

function refund(id: string): RefundUpdate {
  const data = refundData(id, 100, { refund_id: `ref_${id}` })
  const { event } = translateEvent(delivery('refund.succeeded', data))
  if (event?.kind !== 'refund') throw new Error('This is no refund.')
  return event
}

const run = () => reconcile({ since: new Date(Date.now() - 3 * DAY_MS), until: new Date() })
/** What was found about the payment of this test. */
const found = async () => (await run()).differences.filter(({ id }) => id === `pay_of_${session}`)

test('what comes twice because a list shifts its pages while it is read counts once', async () => {
  const stranger = { userId: '', customer: 'cus_of_another_product' }
  const payments = Array.from({ length: 150 }, (_, index) =>
    payment({ payment_id: `pay_${index}` }, stranger),
  )
  const refunds = payments.map(({ payment_id }) => refund(payment_id))
  providerLists({
    payments: [...payments, ...payments.slice(-3)],
    refunds: [...refunds, ...refunds.slice(-3)],
  })
  const { checked } = await run()
  expect(checked).toEqual({ payments: 150, refunds: 150, subscriptions: 0, foreign: 150 })
})

test('a payment that failed here and succeeded there is granted', async () => {
  const failed = paymentData(buyer, session, { status: 'failed' })
  await receive(app, delivery('payment.failed', failed))
  providerLists({ payments: [payment()] })
  expect(await found()).toMatchObject([
    { kind: 'payment', id: failed.payment_id, theirs: 'succeeded', ours: 'failed', repaired: true },
  ])
  expect(await app.ledger(buyer.userId)).toEqual([expect.stringMatching(/^purchase /)])
})

test('a payment that succeeded here and failed there stays, and is left to an admin', async () => {
  await receive(app, delivery('payment.succeeded', paymentData(buyer, session)))
  providerLists({ payments: [payment({ status: 'failed' })] })
  expect(await found()).toMatchObject([{ theirs: 'failed', ours: 'succeeded', repaired: false }])
  expect(await app.ledger(buyer.userId)).toHaveLength(1)
})

test.each(['succeeded', 'processing'])(
  'a %s payment of another provider is left to that one',
  async (status) => {
    await receive(app, delivery(`payment.${status}`, paymentData(buyer, session, { status })))
    await app.owner`
    update payments set provider = 'another', created_at = created_at - interval '1 day' * ${status === 'processing' ? 4 : 0}
    where user_id = ${buyer.userId}`
    expect(await found()).toEqual([])
    expect(paymentProvider.findPayment).not.toHaveBeenCalledWith(`pay_of_${session}`)
  },
)

test('an unanswered refund is looked for ten minutes around it, as clocks differ', async () => {
  await receive(app, delivery('payment.succeeded', paymentData(buyer, session)))
  const [bought] = await app.owner<{ id: string }[]>`select id from payments where user_id = ${buyer.userId}`
  const [admin] = await app.owner<{ user_id: string }[]>`select user_id from user_roles`
  await app.call('request_payment_refund', {
    ...{ p_payment_id: bought?.id ?? '', p_reason: 'A gift', p_actor_id: admin?.user_id ?? '' },
    ...{ p_idempotency_key: session, p_amount: 100 },
  })
  const asked = Date.now() - 5 * DAY_MS
  await app.owner`
    update payment_refunds set created_at = ${new Date(asked).toISOString()} where payment_id = ${bought?.id ?? null}`
  const listRefunds = providerLists({ payments: [payment()] })
  await run()
  const [{ since, until } = { since: new Date(), until: new Date(0) }] = listRefunds.mock.calls[0] ?? []
  expect(asked - since.getTime()).toBeGreaterThanOrEqual(HOUR_MS / 6)
  expect(until.getTime() - Date.now()).toBeGreaterThan(HOUR_MS / 7)
})
