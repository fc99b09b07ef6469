import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createCheckout } from '@/lib/payments/checkout/create-checkout'
import { POST as receive } from '../../app/api/dodopayments/webhook/route.ts'
import { previewRefund, refundPayment } from '../../lib/payments/refunds/refund-payment.ts'
import { startDodoSandbox } from '../../packages/dev-stack/dodopayments/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { testProject } from './test-project.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const PORT = { port: 0 }
const LATER = 60_000
const TIMEOUT = { timeout: 15_000 }

let engine: Engine
let sandboxUrl: string
let adminId: string
let userId: string
let payment: { id: string; provider_payment_id: string }
/** How the way to DodoPayments treats what is asked of it: its own answer, or none. */
let line: 'good' | 'heard and lost' | 'too busy' = 'good'
/** The refunds DodoPayments was asked for. */
let asked = 0
const stack = new AsyncDisposableStack()

/** The product without its pages, and the sandbox behind a line that may fail. */
beforeAll(async () => {
  engine = stack.adopt(await openApp(), (app) => app.close())
  const app = stack.adopt(await serveHttp({ ...PORT, fetch: receive }), (server) => server.close())
  const directory = stack.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const sandbox = await startDodoSandbox({
    ...PORT,
    directory,
    apiKey: process.env.DODO_PAYMENTS_API_KEY ?? '',
    webhookKey: process.env.DODO_PAYMENTS_WEBHOOK_KEY ?? '',
    webhookUrl: app.url,
    products: testProject.products,
    retrySchedule: [0, 50, 50],
    settlementDelay: 300,
  })
  stack.defer(() => sandbox.close())
  sandboxUrl = sandbox.url
  const way = stack.adopt(await serveHttp({ ...PORT, fetch: passOn }), (server) => server.close())
  process.env.DODO_PAYMENTS_BASE_URL = way.url
  adminId = await engine.createAdmin()
}, LATER)
afterAll(() => stack.disposeAsync())

async function passOn(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const isRefund = request.method === 'POST' && pathname === '/refunds'
  if (isRefund) asked += 1
  if (isRefund && line === 'too busy') return Response.json({ message: 'Slow down.' }, { status: 429 })
  const { method, headers } = request
  const body = method === 'GET' ? undefined : await request.text()
  const answer = await fetch(`${sandboxUrl}${pathname}${search}`, { method, headers, body })
  if (isRefund && line === 'heard and lost') return new Response('Bad gateway', { status: 502 })
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'application/json' } })
}

/** Somebody who has bought the package pro. */
beforeEach(async () => {
  line = 'good'
  userId = await engine.createUser()
  const { checkoutUrl, paymentId } = await createCheckout({
    user: { id: userId, internal: 'test' },
    packageId: 'pro',
  })
  const card = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
  await fetch(checkoutUrl, { method: 'POST', body: card, redirect: 'manual' })
  await expect.poll(async () => (await wallet()).balance, TIMEOUT).toBe(500)
  const [row] = await engine.owner`select id, provider_payment_id from payments where id = ${paymentId}`
  payment = { id: row?.id, provider_payment_id: row?.provider_payment_id }
  asked = 0
})

/** Waits until everything that DodoPayments was asked for was decided there and told here. */
async function settled() {
  const { owner } = engine
  const waiting = () => owner`
    select id from payment_refunds where payment_id = ${payment.id} and status = 'pending'`
  await expect.poll(async () => [...(await waiting())], TIMEOUT).toEqual([])
}

let keys = 0
const order = (
  change: { amount?: number; idempotencyKey?: string; actorId?: string; reason?: string } = {},
) => ({
  paymentId: payment.id,
  reason: 'Asked for it',
  actorId: adminId,
  idempotencyKey: `key-${++keys}`,
  ...change,
})

const refunds = async () => [
  ...(await engine.owner`
    select status, amount::int, provider_refund_id is not null as known, error
    from payment_refunds where payment_id = ${payment.id} order by created_at`),
]
const wallet = async () => {
  const [row] = await engine.owner`select balance::int, debt::int from credits where user_id = ${userId}`
  return { ...row }
}

test('a part, then the rest: the credits follow the money to the last one', async () => {
  expect(await previewRefund(payment.id, 1000)).toMatchObject({ amount: 1000, creditsTaken: 125, debt: 0 })
  expect(await refundPayment(order({ amount: 1000 }))).toMatchObject({ status: 'pending', replayed: false })
  await settled()
  expect(await wallet()).toEqual({ balance: 375, debt: 0 })
  expect(await previewRefund(payment.id)).toMatchObject({
    ...{ amount: 2999, refundable: 2999, currency: 'USD' },
    ...{ creditsTaken: 375, debt: 0 },
  })
  await refundPayment(order())
  await settled()
  expect(await wallet()).toEqual({ balance: 0, debt: 0 })
  expect(await refunds()).toMatchObject([
    { status: 'succeeded', amount: 1000, known: true },
    { status: 'succeeded', amount: 2999, known: true },
  ])
  await expect(refundPayment(order())).rejects.toMatchObject({ code: 'not_refundable', status: 409 })
  await expect(previewRefund(payment.id)).rejects.toMatchObject({ code: 'not_refundable', status: 409 })
})

test('what was spent is foretold as debt, and becomes it', async () => {
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 450 })
  expect(await previewRefund(payment.id)).toMatchObject({ creditsTaken: 500, debt: 450 })
  await refundPayment(order())
  // What is on its way counts as gone already.
  await expect(previewRefund(payment.id, 1)).rejects.toMatchObject({ code: 'not_refundable' })
  await settled()
  expect(await wallet()).toEqual({ balance: 0, debt: 450 })
})

test('one key asks once, however often and however close together it comes', async () => {
  const same = order({ amount: 1000 })
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refundPayment(same)))
  expect(new Set(answers.map(({ refundId }) => refundId)).size).toBe(1)
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(asked).toBe(1)
  await settled()
  expect(await refundPayment(same)).toMatchObject({ status: 'succeeded', replayed: true })
  expect(asked).toBe(1)
  await expect(refundPayment({ ...same, amount: 2 })).rejects.toMatchObject({ code: 'idempotency_conflict' })
  expect(await wallet()).toEqual({ balance: 375, debt: 0 })
})

test('more than is left is refused before DodoPayments is asked, and the sentence says how much is', async () => {
  await expect(refundPayment(order({ amount: 4000 }))).rejects.toMatchObject({
    ...{ code: 'invalid_amount', status: 400, details: { refundable: 3999, currency: 'USD' } },
    message: 'This is more than is left of the payment. At most $39.99 can be refunded.',
  })
  const nobody = order({ actorId: userId })
  await expect(refundPayment(nobody)).rejects.toMatchObject({ code: 'forbidden', status: 403 })
  expect(asked).toBe(0)
  expect(await refunds()).toEqual([])
})

test('what DodoPayments refuses is noted as failed, and frees the money for another try', async () => {
  await engine.owner`update payments set provider_payment_id = 'pay_unknown_there' where id = ${payment.id}`
  const refused = order({ amount: 1000 })
  await expect(refundPayment(refused)).rejects.toMatchObject({ code: 'refund_refused', status: 409 })
  await expect(refundPayment(refused)).rejects.toMatchObject({ code: 'refund_refused', status: 409 })
  expect(asked).toBe(1)
  expect(await refunds()).toMatchObject([{ status: 'failed', known: false, error: expect.any(String) }])
  await engine.owner`
    update payments set provider_payment_id = ${payment.provider_payment_id} where id = ${payment.id}`
  expect(await refundPayment(order())).toMatchObject({ status: 'pending' })
})

test.each(['heard and lost', 'too busy'] as const)('no answer (%s): nobody asks again', async (state) => {
  line = state
  const lost = order({ amount: 1000 })
  await expect(refundPayment(lost)).rejects.toMatchObject({
    ...{ code: 'refund_unanswered', status: 502 },
    message:
      'The payment provider did not answer. The refund may have been made: do not repeat it. Reconciliation resolves it within the hour.',
  })
  expect(await refundPayment(lost)).toMatchObject({ replayed: true })
  expect(asked).toBe(1)
  // Where it was heard, the delivery of the refund tells of it in the end.
  const heard = state === 'heard and lost'
  await expect
    .poll(refunds, TIMEOUT)
    .toMatchObject([{ status: heard ? 'succeeded' : 'requested', known: heard }])
  expect(await wallet()).toEqual({ balance: heard ? 375 : 500, debt: 0 })
  await engine.expectSoundLedger()
})
