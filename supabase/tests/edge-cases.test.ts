import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

const LARGEST = Number.MAX_SAFE_INTEGER

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

const reserve = (userId: string, price: number, args: Record<string, string | number> = {}) =>
  engine.call('reserve_credits', {
    p_caller: { internal: 'test' },
    p_user_id: userId,
    p_action: 'text-generation',
    p_prices: { default: price },
    p_hold_ms: 60_000,
    ...args,
  })

describe('a run whose server died', () => {
  test('is told as lost to whoever asks again after its time, and its credits are back', async () => {
    const userId = await engine.createUser({ balance: 10 })
    const again = () => reserve(userId, 4, { p_hold_ms: 1, p_idempotency_key: 'run', p_request_hash: 'same' })
    const first = await again()
    await delay(5)
    expect(await again()).toMatchObject({
      ...{ ok: true, replayed: true, status: 'expired', transaction_id: first.transaction_id },
    })
    expect(await engine.wallet(userId)).toMatchObject({ balance: 10 })
    expect(await again()).toMatchObject({ status: 'expired' })
    expect(await engine.ledger(userId)).toEqual(['purchase 10', 'deduction -4', 'refund 4'])
  })

  test('keeps the place of its credits, so that they always come back', async () => {
    const userId = await engine.createUser({ balance: 10 })
    await reserve(userId, 10, { p_hold_ms: 1 })
    const refused = await engine.call('add_credits', { p_user_id: userId, p_amount: LARGEST })
    expect(refused).toMatchObject({ ok: false, code: 'balance_limit' })
    await delay(5)
    expect(await engine.call('release_expired_holds', {})).toEqual({ ok: true, released: 1, failed: 0 })
    expect(await engine.wallet(userId)).toMatchObject({ balance: 10 })
  })

  test('comes back to everybody, also when something is wrong with one wallet', async () => {
    const broken = await engine.createUser({ balance: 10 })
    const other = await engine.createUser({ balance: 10 })
    await reserve(broken, 10, { p_hold_ms: 1 })
    await reserve(other, 4, { p_hold_ms: 1 })
    await delay(5)
    await engine.owner.unsafe(
      `alter table credit_transactions add constraint broken check (type <> 'refund' or user_id <> '${broken}')`,
    )
    expect(await engine.call('release_expired_holds', {})).toEqual({ ok: true, released: 1, failed: 1 })
    expect(await engine.wallet(other)).toMatchObject({ balance: 10 })
    expect(await engine.ledger(broken)).toEqual(['purchase 10', 'deduction -10'])

    await engine.owner`alter table credit_transactions drop constraint broken`
    expect(await engine.call('release_expired_holds', {})).toEqual({ ok: true, released: 1, failed: 0 })
    expect(await engine.wallet(broken)).toMatchObject({ balance: 10 })
  })
})

test('a membership that does not exist is nobody’s: what requires it is refused', async () => {
  const userId = await engine.createUser({ balance: 10 })
  await engine.call('set_membership', { p_user_id: userId, p_tier: 'enterprise' })
  const refused = await reserve(userId, 1, { p_required_tier: 'retired' })
  expect(refused).toMatchObject({ ok: false, code: 'membership_required', required_tier: 'retired' })
  expect(await engine.ledger(userId)).toEqual(['purchase 10'])
})

test.each(['-9223372036854775808', '9223372036854775807', '0'])(
  'an adjustment by %s is refused in words',
  async (amount) => {
    const userId = await engine.createUser({ balance: 10 })
    const [admin] = await engine.owner<{ user_id: string }[]>`select user_id from user_roles`
    const refused = await engine.call('adjust_credits', {
      p_user_id: userId,
      p_amount: amount,
      p_reason: 'a slip of the hand',
      p_actor_id: admin?.user_id ?? '',
    })
    expect(refused).toMatchObject({ ok: false, code: 'invalid_amount' })
  },
)
