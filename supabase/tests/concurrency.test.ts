import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, type EngineResult, openEngine, tally, times } from './engine.ts'

const CONNECTIONS = 50

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: CONNECTIONS })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

const deduct = (userId: string, amount: number, args: Record<string, string> = {}) =>
  engine.call('deduct_credits', { p_user_id: userId, p_amount: amount, ...args })

const reserve = (userId: string, price: number, args: Record<string, string> = {}) =>
  engine.call('reserve_credits', {
    p_caller: { internal: 'test' },
    p_user_id: userId,
    p_action: 'text-generation',
    p_prices: { default: price },
    p_hold_ms: 60_000,
    ...args,
  })

const onHold = (operation: 'settle_hold' | 'release_hold', id = 0) =>
  engine.call(operation, { p_transaction_id: id })

test('50 deductions of 1 at once from a balance of 20: 20 are paid, 30 refused, and the ledger adds up', async () => {
  const userId = await engine.createUser({ balance: 20 })
  const answers = await engine.atOnce(
    userId,
    times(50, () => deduct(userId, 1)),
  )
  expect(tally(answers)).toEqual({ done: 20, insufficient_credits: 30 })
  expect(await engine.wallet(userId)).toMatchObject({ balance: 0, total_used: 20, version: 21 })
  expect(await engine.ledger(userId)).toEqual(['purchase 20', ...Array(20).fill('deduction -1')])
  const balances = answers.filter(({ ok }) => ok).map(({ balance }) => balance)
  expect(new Set(balances)).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index)))
})

test('one idempotency key 20 times at once charges once, and everybody hears of the same transaction', async () => {
  const userId = await engine.createUser({ balance: 20 })
  const answers = await engine.atOnce(
    userId,
    times(20, () => deduct(userId, 3, { p_idempotency_key: 'run-1' })),
  )
  expect(tally(answers)).toEqual({ done: 1, replayed: 19 })
  expect(new Set(answers.map(({ transaction_id }) => transaction_id)).size).toBe(1)
  expect(new Set(answers.map(({ balance }) => balance))).toEqual(new Set([17]))
  expect(await engine.ledger(userId)).toEqual(['purchase 20', 'deduction -3'])
})

test('one key with two requests at once: one is paid, the other is told of the conflict', async () => {
  const userId = await engine.createUser({ balance: 20 })
  const answers = await engine.atOnce(
    userId,
    times(20, (index) => deduct(userId, 1 + (index % 2), { p_idempotency_key: 'run-1' })),
  )
  expect(tally(answers)).toEqual({ done: 1, replayed: 9, idempotency_conflict: 10 })
  expect(await engine.ledger(userId)).toHaveLength(2)
})

test('one key at two wallets of one user at once is paid by one of them', async () => {
  const userId = await engine.createUser({ balance: 20 })
  await engine.owner`insert into credit_types (id, name) values ('calling', 'Calls') on conflict do nothing`
  await engine.call('add_credits', { p_user_id: userId, p_amount: 20, p_credit_type: 'calling' })
  const charge = (type: string) => deduct(userId, 1, { p_idempotency_key: 'run-1', p_credit_type: type })
  const outcomes = await engine.atOnce(
    userId,
    times(2, (index) =>
      charge(index === 0 ? 'general' : 'calling').then(
        (answer) => answer.code ?? 'done',
        (error: { constraint_name: string }) => error.constraint_name,
      ),
    ),
  )
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(['idempotency_conflict', 'credit_transactions_key_is_used_once']).toContain(
    outcomes.find((outcome) => outcome !== 'done'),
  )
  expect(await engine.ledger(userId)).toHaveLength(3)
})

test('a user without a wallet is credited 20 times at once, and nothing is lost', async () => {
  const userId = await engine.createUser()
  await engine.owner`insert into credit_types (id, name) values ('scraping', 'Scraping')`
  const add = () => engine.call('add_credits', { p_user_id: userId, p_amount: 5, p_credit_type: 'scraping' })
  const answers = await Promise.all(times(20, add).map((act) => act()))
  expect(tally(answers)).toEqual({ done: 20 })
  const [wallet] = await engine.owner`
    select balance::int from credits where user_id = ${userId} and credit_type = 'scraping'`
  expect(wallet).toEqual({ balance: 100 })
})

test('30 reservations of 1 at once from a balance of 20: 20 run, and each ends once however often it is ended', async () => {
  const userId = await engine.createUser({ balance: 20 })
  const reserved = await engine.atOnce(
    userId,
    times(30, () => reserve(userId, 1)),
  )
  expect(tally(reserved)).toEqual({ done: 20, insufficient_credits: 10 })
  const holds = reserved.filter(({ ok }) => ok).map(({ transaction_id }) => transaction_id)

  // Each end is asked for twice, and four of the settled ones are also released, too late.
  const settling = holds.slice(0, 12).flatMap((id) => times(2, () => onHold('settle_hold', id)))
  expect(tally(await engine.atOnce(userId, settling))).toEqual({ done: 12, replayed: 12 })
  const releasing = holds.slice(8).flatMap((id) => times(2, () => onHold('release_hold', id)))
  expect(tally(await engine.atOnce(userId, releasing))).toEqual({ done: 8, replayed: 8, hold_closed: 8 })
  expect(await engine.wallet(userId)).toMatchObject({ balance: 8, total_used: 12 })
})

test('a hold that is settled and released at once is either, never both', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id } = await reserve(userId, 4)
  const answers = await engine.atOnce(
    userId,
    times(20, (index) => onHold(index % 2 ? 'settle_hold' : 'release_hold', id)),
  )
  expect(tally(answers)).toEqual({ done: 1, replayed: 9, hold_closed: 10 })
  const [hold] = await engine.owner`select status from credit_holds where transaction_id = ${id ?? 0}`
  const { balance } = await engine.wallet(userId)
  expect([hold?.status, balance]).toEqual(hold?.status === 'settled' ? ['settled', 6] : ['released', 10])
})

test.each([
  ['of 1 each', 1, 10, 10],
  ['of 3 each', 3, 3, 9],
  ['of all of it', 10, 1, 10],
])(
  '20 refunds %s at once never give back more than the 10 that were taken',
  async (_name, amount, done, back) => {
    const userId = await engine.createUser({ balance: 10 })
    const { transaction_id: id = 0 } = await deduct(userId, 10)
    const answers = await engine.atOnce(
      userId,
      times(20, (index) =>
        engine.call('refund_transaction', {
          p_transaction_id: id,
          p_amount: amount,
          p_idempotency_key: `refund-${index}`,
        }),
      ),
    )
    expect(tally(answers).done).toBe(done)
    expect(answers.filter(({ ok }) => !ok)).toHaveLength(20 - done)
    expect(await engine.wallet(userId)).toMatchObject({ balance: back, total_used: 10 - back })
  },
)

test('a refund without a key of its own happens once, 20 times at once', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await deduct(userId, 10)
  const refund = () => engine.call('refund_transaction', { p_transaction_id: id })
  expect(tally(await engine.atOnce(userId, times(20, refund)))).toEqual({ done: 1, replayed: 19 })
  expect(await engine.ledger(userId)).toEqual(['purchase 10', 'deduction -10', 'refund 10'])
})

test('an admin who removes credits 20 times at once never takes more than there is', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const p_actor_id = await engine.createAdmin()
  const args = { p_user_id: userId, p_amount: -3, p_reason: 'a correction', p_actor_id }
  const answers = await engine.atOnce(
    userId,
    times(20, () => engine.call('adjust_credits', args)),
  )
  expect(tally(answers)).toEqual({ done: 3, insufficient_credits: 17 })
  expect(await engine.wallet(userId)).toMatchObject({ balance: 1 })
})

test('everything at once, sweeps included, ends without a deadlock and in a ledger that adds up', async () => {
  const users = await Promise.all(times(3, () => engine.createUser({ balance: 30 })).map((act) => act()))
  const soon = () => new Date(Date.now() + 200).toISOString()
  const operations: ((userId: string, index: number) => Promise<EngineResult>)[] = [
    (userId) => deduct(userId, 2),
    (userId, index) => deduct(userId, 1, { p_idempotency_key: `key-${index % 4}` }),
    (userId) => engine.call('add_credits', { p_user_id: userId, p_amount: 2, p_expires_at: soon() }),
    (userId) => reserve(userId, 3).then((held) => onHold('settle_hold', held.transaction_id)),
    (userId) => reserve(userId, 3).then((held) => onHold('release_hold', held.transaction_id)),
    (userId) =>
      deduct(userId, 1).then((taken) =>
        engine.call('refund_transaction', { p_transaction_id: taken.transaction_id ?? 0 }),
      ),
    () => engine.call('expire_grants', {}),
    () => engine.call('release_expired_holds', {}),
  ]
  const storm = times(240, (index) => {
    const operation = operations[index % operations.length]
    const userId = users[index % users.length] ?? ''
    return operation?.(userId, index)
  })
  // Each begins once it has a connection, or the credits would have expired before they are given.
  const waiting = storm.values()
  const answers: (EngineResult | undefined)[] = []
  const takeTurns = async () => {
    for (const act of waiting) answers.push(await act())
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, takeTurns))
  expect(answers).toHaveLength(storm.length)
  expect(answers.filter((answer) => answer?.ok).length).toBeGreaterThan(100)
  for (const userId of users) expect((await engine.wallet(userId)).balance).toBeGreaterThanOrEqual(0)
})
