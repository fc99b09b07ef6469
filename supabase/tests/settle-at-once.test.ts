import type { ISql } from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Engine, type EngineResult, openEngine } from './engine.ts'

// A run that is kept whole ends without its wallet: nobody who pays from it waits. What else ends or extends a run does.

const WAIT = { timeout: 15_000, interval: 20 }

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

async function reserve(userId: string, price: number, holdMs = 60_000): Promise<EngineResult> {
  return engine.call('reserve_credits', {
    p_user_id: userId,
    p_action: 'poem',
    p_prices: { default: price },
    p_hold_ms: holdMs,
    p_caller: { internal: 'test' },
  })
}

const settle = (id: number, args: Record<string, number> = {}) =>
  engine.call('settle_hold', { p_transaction_id: id, ...args })

/** Calls `act` while the transaction of `first` is open, which ends, after `last`, once `act` has ended or waits for it. */
async function during<Result>(
  first: (sql: ISql) => Promise<unknown>,
  act: () => Promise<Result>,
  last?: (sql: ISql) => Promise<unknown>,
): Promise<Result> {
  let result: Promise<Result> | undefined
  await engine.owner.begin(async (sql) => {
    await first(sql)
    result = act()
    await Promise.race([result, vi.waitFor(() => expectWaiting(1), WAIT)])
    await last?.(sql)
  })
  if (!result) throw new Error('The transaction did not begin.')
  return result
}

async function expectWaiting(count: number): Promise<void> {
  const [row] = await engine.owner`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  expect(row).toEqual({ waiting: count })
}

async function runsOf(userId: string) {
  const runs = await engine.owner<{ status: string; charged: number; holds: string }[]>`
    select r.status, r.charged::int, string_agg(h.status, ' ' order by h.transaction_id) as holds
    from runs r join credit_holds h on h.run_id = r.id
    where r.user_id = ${userId} group by r.id order by r.id`
  return [...runs]
}

test('a run that keeps all it holds ends while somebody else has its wallet', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 4)
  await engine.owner.begin(async (sql) => {
    await sql`select from credits where user_id = ${userId} for update`
    expect(await settle(id)).toMatchObject({
      ok: true,
      status: 'settled',
      balance: 6,
      version: 2,
      replayed: false,
    })
  })
  expect(await settle(id)).toMatchObject({ ok: true, status: 'settled', replayed: true })
  expect(await settle(id, { p_amount: 3 })).toMatchObject({ code: 'hold_closed' })
  expect(await runsOf(userId)).toEqual([{ status: 'succeeded', charged: 4, holds: 'settled' }])
})

test('a run that is extended while it settles is settled with all it holds by then', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 4)
  const settled = await during(
    (sql) => sql`select extend_hold(${id}, 7)`,
    () => settle(id),
  )
  expect(settled).toMatchObject({ ok: true, status: 'settled', balance: 3, replayed: false })
  expect(await runsOf(userId)).toEqual([{ status: 'succeeded', charged: 7, holds: 'settled settled' }])
})

test.each([
  ['is released', 'release_hold', { p_reason: 'It failed.' }, 'released', 10],
  ['keeps a part', 'settle_hold', { p_amount: 1 }, 'settled', 9],
] as const)('a run that %s and keeps all at once ends once', async (_, operation, args, status, balance) => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 4)
  const end = Object.entries(args).map(([name, value]) => `${name} => '${value}'`)
  const settled = await during(
    (sql) => sql.unsafe(`select ${operation}(${id}, ${end.join(', ')})`),
    () => settle(id),
  )
  expect(settled).toMatchObject({ code: 'hold_closed' })
  expect(await runsOf(userId)).toMatchObject([{ holds: status }])
  expect(await engine.wallet(userId)).toMatchObject({ balance })

  const { transaction_id: next = 0 } = await reserve(userId, 4)
  const ended = await during(
    (sql) => sql`select settle_hold(${next})`,
    () => engine.call(operation, { p_transaction_id: next, ...args }),
  )
  expect(ended).toMatchObject({ code: 'hold_closed' })
  expect(await engine.wallet(userId)).toMatchObject({ balance: balance - 4 })
})

test('whoever comes too late to settle a hold waits for its wallet without it', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 4)
  const late: Promise<EngineResult>[] = []
  await engine.owner.begin(async (sql) => {
    await sql`select from credits where user_id = ${userId} for no key update`
    late.push(engine.call('release_hold', { p_transaction_id: id }))
    await vi.waitFor(() => expectWaiting(1), WAIT)
    await engine.owner.begin(async (first) => {
      await first`select settle_hold(${id})`
      late.push(settle(id))
      await vi.waitFor(() => expectWaiting(2), WAIT)
    })
    // For the hold it waited as the only one; for the wallet it queues behind the other, by a lock on the row itself.
    await vi.waitFor(async () => {
      const queued = await engine.owner`
        select from pg_stat_activity where datname = current_database() and wait_event = 'tuple'`
      expect(queued).toHaveLength(1)
    }, WAIT)
  })
  expect(await Promise.all(late)).toMatchObject([
    { code: 'hold_closed' },
    { status: 'settled', replayed: true },
  ])
})

test('an overdue hold that is just being settled pays for nobody else', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 8, 0)
  const reserved = await during(
    (sql) => sql`select settle_hold(${id})`,
    () => reserve(userId, 5),
  )
  expect(reserved).toMatchObject({ code: 'insufficient_credits' })
  await engine.call('release_expired_holds', {})
  expect(await engine.wallet(userId)).toMatchObject({ balance: 2 })
  expect(await runsOf(userId)).toEqual([{ status: 'succeeded', charged: 8, holds: 'settled' }])
})

test('an account that is closed while an overdue run settles keeps nothing of the run', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await reserve(userId, 8, 0)
  const closed = await during(
    (sql) => sql`select from credit_holds where transaction_id = ${id} for no key update`,
    () =>
      engine.call('close_account', {
        p_user_id: userId,
        p_actor_id: userId,
        p_caller: { internal: 'test' },
        p_confirmation: `${userId}@example.com`,
      }),
    (sql) => sql`select settle_hold(${id}, p_response => '{"status": 200, "body": "a poem"}')`,
  )
  expect(closed).toMatchObject({ ok: true })
  const [run] = await engine.owner`select status, stored_response from runs where user_id = ${userId}`
  expect(run).toEqual({ status: 'succeeded', stored_response: null })
})
