import { beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { callFunction, readFunction } from './call-function'

const { rpc, debug } = vi.hoisted(() => ({ rpc: vi.fn(), debug: vi.fn() }))
vi.mock('./admin', () => ({ createAdminClient: () => ({ rpc }) }))
vi.mock('@/lib/logger', () => ({ logger: { debug, warn: vi.fn(), error: vi.fn() } }))

const USER = 'a0000000-0000-4000-8000-000000000001'

beforeEach(() => {
  rpc.mockReset().mockResolvedValue({ data: { ok: true }, error: null })
  debug.mockReset()
})

test.each([
  ['a user id that is no UUID', { p_user_id: 'somebody', p_amount: 1 }, 'invalid_id'],
  ['a fraction', { p_user_id: USER, p_amount: 1.5 }, 'invalid_amount'],
  ['more than a number holds exactly', { p_user_id: USER, p_amount: 2 ** 53 }, 'invalid_amount'],
  ['not a number', { p_user_id: USER, p_amount: Number.NaN }, 'invalid_amount'],
  ['a price that is a fraction', { p_prices: { default: 1, pro: 0.5 } }, 'invalid_amount'],
  ['an id of a row that is a fraction', { p_transaction_id: 1.5 }, 'invalid_number'],
  ['an endless hold', { p_hold_ms: Number.POSITIVE_INFINITY }, 'invalid_number'],
  ['a year the database does not have', { p_expires_at: '0000-01-01T00:00:00Z' }, 'invalid_time'],
  ['a time that is none', { p_from: 'yesterday' }, 'invalid_time'],
])('%s is refused before the database is asked', async (_, args, code) => {
  await expect(
    callFunction('deduct_credits', { p_user_id: USER, p_amount: 1, ...args }, z.unknown()),
  ).rejects.toMatchObject({ code, status: 400 })
  expect(rpc).not.toHaveBeenCalled()
})

test('a refusal carries its code, status and details', async () => {
  const refusal = { ok: false, code: 'hold_closed', message: 'Settled already.', status: 'settled' }
  rpc.mockResolvedValue({ data: refusal, error: null })
  await expect(callFunction('settle_hold', { p_transaction_id: 1 }, z.unknown())).rejects.toMatchObject({
    ...{ code: 'hold_closed', status: 409, message: 'Settled already.' },
    details: { status: 'settled' },
  })
})

test('a failing database is an error, not a refusal', async () => {
  rpc.mockResolvedValue({ data: null, error: { code: '57014', message: 'canceled' } })
  const call = callFunction('add_credits', { p_user_id: USER, p_amount: 1 }, z.unknown())
  await expect(call).rejects.toThrow('add_credits failed: canceled')
})

test('the log names the user, and a transaction as such', async () => {
  await callFunction('add_credits', { p_user_id: USER, p_amount: 1 }, z.unknown())
  expect(debug).toHaveBeenLastCalledWith('operation done', expect.objectContaining({ userId: USER }))
  await callFunction('release_hold', { p_transaction_id: 7 }, z.unknown())
  const [, fields] = debug.mock.lastCall ?? []
  expect(fields).toMatchObject({ transactionId: 7 })
  expect(fields).not.toHaveProperty('userId')
})

test('the log counts rows and leaves out what they say', async () => {
  rpc.mockResolvedValue({ data: [{ recipient: 'ada@example.com' }, {}], error: null })
  expect(await readFunction('claim_mails', { p_limit: 2 })).toHaveLength(2)
  expect(debug).toHaveBeenLastCalledWith('operation done', expect.objectContaining({ result: { rows: 2 } }))
})
