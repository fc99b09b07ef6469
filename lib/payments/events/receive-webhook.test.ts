import { Webhook } from 'standardwebhooks'
import { beforeEach, expect, test, vi } from 'vitest'
import { BadRequestError, UnauthorizedError } from '@/lib/http/errors'
import { dodoPayments } from '@/lib/payments/dodopayments'
import { receiveWebhook } from './receive-webhook'

const { KEY, rpc } = vi.hoisted(() => ({ KEY: 'whsec_a2V5IG9mIHRoZSB0ZXN0cw==', rpc: vi.fn() }))
vi.mock('@/lib/env', () => ({
  env: () => ({
    DODO_PAYMENTS_API_KEY: 'key',
    DODO_PAYMENTS_WEBHOOK_KEY: KEY,
    DODO_PAYMENTS_ENVIRONMENT: 'test_mode',
  }),
}))
vi.mock('@/lib/supabase/admin', () => ({ createAdminClient: () => ({ rpc }) }))
vi.mock('@/lib/logger', () => ({ logger: { debug: vi.fn(), info: vi.fn(), error: vi.fn() } }))

const PAID = {
  type: 'payment.succeeded',
  data: {
    payment_id: 'pay_1',
    checkout_session_id: 'cks_1',
    customer: { customer_id: 'cus_1' },
    created_at: '2026-11-01T10:00:00.000Z',
    total_amount: 3999,
    currency: 'USD',
    product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
  },
}

const answers: Record<string, unknown> = {}
beforeEach(() => {
  Object.assign(answers, {
    store_payment_event: { data: { ok: true, status: 'received', attempts: 1 } },
    apply_payment_event: { data: { ok: true, replayed: false, status: 'succeeded' } },
    finish_payment_event: { data: { ok: true, changed: true } },
  })
  rpc.mockReset().mockImplementation(async (name: string) => ({ error: null, ...Object(answers[name]) }))
})

function receive(body: unknown) {
  const text = JSON.stringify(body)
  const at = new Date()
  const headers = new Headers({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(KEY).sign('msg_1', at, text),
  })
  return receiveWebhook(dodoPayments, text, headers)
}
const calls = () => rpc.mock.calls.map(([name]) => name)

test('a paid checkout is kept, then applied with what was really charged', async () => {
  expect(await receive(PAID)).toBe('processed')
  expect(rpc.mock.calls).toEqual([
    [
      'store_payment_event',
      {
        p_id: 'dodopayments:msg_1',
        p_type: 'payment.succeeded',
        p_payload: PAID,
        p_provider: 'dodopayments',
        p_source: 'webhook',
      },
    ],
    [
      'apply_payment_event',
      {
        p_event_id: 'dodopayments:msg_1',
        p_event: expect.objectContaining({
          kind: 'payment',
          payment_id: 'pay_1',
          checkout_session_id: 'cks_1',
          status: 'succeeded',
          product_id: 'pdt_pro',
          quantity: 1,
          amount: 3999,
          currency: 'USD',
        }),
      },
    ],
  ])
})

test('what was processed before is acknowledged and left alone', async () => {
  answers.store_payment_event = { data: { ok: true, status: 'processed', attempts: 2 } }
  expect(await receive(PAID)).toBe('duplicate')
  expect(calls()).toEqual(['store_payment_event'])
})

test('an unknown type is kept and acknowledged', async () => {
  expect(await receive({ type: 'something.new', data: { a: 1 } })).toBe('ignored')
  expect(rpc).toHaveBeenLastCalledWith(
    'finish_payment_event',
    expect.objectContaining({ p_status: 'ignored' }),
  )
})

test.each([
  ['a refusal', { data: { ok: false, code: 'unknown_payment', message: 'No checkout.' } }, 'unknown_payment'],
  ['a broken database', { data: null, error: { message: 'connection lost' } }, 'webhook_failed'],
])('%s is noted and answered so that it is sent again', async (_name, answer, code) => {
  answers.apply_payment_event = answer
  await expect(receive(PAID)).rejects.toMatchObject({ status: 500, code })
  expect(rpc).toHaveBeenLastCalledWith('finish_payment_event', {
    p_id: 'dodopayments:msg_1',
    p_status: 'failed',
    p_error: expect.stringMatching(/No checkout|connection lost/),
  })
})

test('the answer to a broken database tells nothing about it', async () => {
  answers.apply_payment_event = { data: null, error: { message: 'password of postgres is wrong' } }
  await expect(receive(PAID)).rejects.not.toThrow(/postgres/)
})

test('a payment event without a payment is kept as failed', async () => {
  await expect(receive({ type: 'payment.succeeded', data: {} })).rejects.toMatchObject({
    code: 'unreadable_event',
  })
  expect(calls()).toEqual(['store_payment_event', 'finish_payment_event'])
})

test('what cannot be stored is not acknowledged', async () => {
  answers.store_payment_event = { data: null, error: { message: 'down' } }
  await expect(receive(PAID)).rejects.toThrow()
  expect(calls()).toEqual(['store_payment_event'])
})

test('what is not signed, or signed but no event, is never stored', async () => {
  await expect(receiveWebhook(dodoPayments, JSON.stringify(PAID), new Headers())).rejects.toThrow(
    UnauthorizedError,
  )
  for (const body of [[], {}, { type: '' }, 'text'])
    await expect(receive(body)).rejects.toThrow(BadRequestError)
  expect(rpc).not.toHaveBeenCalled()
})
