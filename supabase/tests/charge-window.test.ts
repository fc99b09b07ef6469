import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { creditService, pricesByTier } from '../../lib/credits/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { openApp } from './app.ts'
import { type Engine, times } from './engine.ts'

let app: Engine
let proxy: Awaited<ReturnType<typeof serveHttp>>
/** The functions that were called, in their order. */
let calls: string[] = []
/** A function whose next answer is lost on its way back, after all was done. */
let lost: string | undefined

beforeAll(async () => {
  app = await openApp()
  const target = process.env.NEXT_PUBLIC_SUPABASE_URL
  proxy = await serveHttp({
    port: 0,
    fetch: async (incoming) => {
      const { pathname } = new URL(incoming.url)
      const name = pathname.split('/').at(-1) ?? ''
      calls.push(name)
      const headers = new Headers(incoming.headers)
      headers.delete('host')
      const response = await fetch(`${target}${pathname}`, {
        method: 'POST',
        headers,
        body: await incoming.text(),
      })
      const body = await response.text()
      if (name === lost) {
        lost = undefined
        return Response.json({ message: 'Bad gateway' }, { status: 502 })
      }
      return new Response(body, {
        status: response.status,
        headers: { 'content-type': response.headers.get('content-type') ?? '' },
      })
    },
  })
  process.env.NEXT_PUBLIC_SUPABASE_URL = proxy.url
  process.env.CHARGE_WINDOW_MS = '50'
})
beforeEach(() => {
  calls = []
})
afterEach(() => app.expectSoundLedger())
afterAll(async () => {
  await proxy.close()
  await app.close()
})

const deduct = (userId: string, amount = 1, idempotencyKey?: string) =>
  creditService
    .deductCredits(userId, amount, { idempotencyKey })
    .catch((error) => error.code ?? error.message)

const reserve = (userId: string, options: { idempotencyKey?: string } = {}) =>
  creditService.reserve(userId, {
    action: 'run',
    prices: pricesByTier(() => 2),
    holdMs: 60_000,
    caller: { internal: 'test' },
    ...options,
  })

const all = <Result>(acts: (() => Promise<Result>)[]) => Promise.all(acts.map((act) => act()))

test('charges that come together are one call, and everybody hears of their own', async () => {
  const rich = await app.createUser({ balance: 100 })
  const poor = await app.createUser({ balance: 2 })
  const answers = await all([
    ...times(10, () => deduct(rich, 3)),
    ...times(3, () => deduct(poor)),
    () => deduct('somebody'),
    () => deduct(rich, 3, 'twice'),
    () => deduct(rich, 3, 'twice'),
    () => deduct(rich, 4, 'twice'),
  ])
  expect(calls).toEqual(['deduct_many'])
  expect(answers).toEqual([
    ...[97, 94, 91, 88, 85, 82, 79, 76, 73, 70],
    ...[1, 0, 'insufficient_credits', 'invalid_id', 67, 67, 'idempotency_conflict'],
  ])
  await deduct(rich)
  expect(calls).toEqual(['deduct_many', 'deduct_credits'])
})

test('reservations that come together are one call, and each ends on its own', async () => {
  const userId = await app.createUser({ balance: 5 })
  const outcomes = await Promise.allSettled(times(4, () => reserve(userId)).map((act) => act()))
  expect(calls).toEqual(['reserve_many'])
  const reserved = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  expect(reserved.map(({ status, replayed }) => [status, replayed])).toEqual([
    ['open', false],
    ['open', false],
  ])
  const [first, second] = reserved
  await creditService.settle(first?.transactionId ?? 0)
  await creditService.release(second?.transactionId ?? 0)
  expect(await app.wallet(userId)).toMatchObject({ balance: 3, total_used: 2 })
})

test('runs that end together are one call: kept whole or in part, in slices, twice, or refused', async () => {
  const userId = await app.createUser({ balance: 12 })
  const [whole, part, sliced, other] = await all(times(4, () => reserve(userId)))
  const id = (run?: { transactionId: number }) => run?.transactionId ?? 0
  await creditService.extend({ transactionId: id(sliced) }, 4)
  calls = []
  const settle = (transactionId: number, amount?: number) =>
    creditService
      .settle(transactionId, { amount, response: { of: transactionId } })
      .catch(({ code }) => ({ code }))
  const ends = await all([
    () => settle(id(other), 3),
    () => settle(id(whole)),
    () => settle(id(part), 1),
    () => settle(id(whole)),
    () => settle(id(sliced)),
    () => settle(999_999_999),
  ])
  expect(calls).toEqual(['settle_many'])
  expect(ends).toMatchObject([
    { code: 'invalid_amount' },
    { status: 'settled', replayed: false },
    { status: 'settled', replayed: false },
    { status: 'settled', replayed: true },
    { status: 'settled', replayed: false },
    { code: 'hold_not_found' },
  ])
  expect(await app.wallet(userId)).toMatchObject({ balance: 3, total_used: 9 })
  const kept = await app.owner`
    select charged::int, stored_response -> 'of' as of from runs where user_id = ${userId} order by id`
  expect([...kept]).toEqual([
    { charged: 2, of: id(whole) },
    { charged: 1, of: id(part) },
    { charged: 4, of: id(sliced) },
    { charged: 0, of: null },
  ])
})

test('ends whose answer was lost are written once', async () => {
  const userId = await app.createUser({ balance: 20 })
  const reserved = await all(times(3, () => reserve(userId)))
  lost = 'settle_many'
  const ends = await all(
    reserved.map(
      ({ transactionId }) =>
        () =>
          creditService.settle(transactionId, { amount: 1 }),
    ),
  )
  expect(ends.map(({ status }) => status)).toEqual(['settled', 'settled', 'settled'])
  expect(calls).toEqual(['reserve_many', 'settle_many', ...Array(3).fill('settle_hold')])
  expect(await app.wallet(userId)).toMatchObject({ balance: 17, total_used: 3 })
})

test('a connection that is killed in the middle of a batch charges everybody once', async () => {
  const userId = await app.createUser({ balance: 20 })
  const locked = Promise.withResolvers<void>()
  const killed = Promise.withResolvers<void>()
  const lock = app.owner.begin(async (sql) => {
    await sql`select from credits where user_id = ${userId} for no key update`
    locked.resolve()
    await killed.promise
  })
  await locked.promise
  const answers = all(times(10, () => deduct(userId)))
  await vi.waitFor(async () => {
    const cut = await app.owner`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query ilike '%deduct_many%'`
    expect(cut).toHaveLength(1)
  }, 15_000)
  killed.resolve()
  await lock
  expect((await answers).toSorted((a, b) => b - a)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
  expect(calls.toSorted()).toEqual([...Array(10).fill('deduct_credits'), 'deduct_many'])
  expect(await app.ledger(userId)).toEqual(['purchase 20', ...Array(10).fill('deduction -1')])
})

test('a batch whose answer was lost is charged once, and everybody hears what it had answered', async () => {
  const userId = await app.createUser({ balance: 20 })
  lost = 'deduct_many'
  expect(await all(times(5, () => deduct(userId)))).toEqual([19, 18, 17, 16, 15])
  expect(await app.ledger(userId)).toHaveLength(6)

  lost = 'reserve_many'
  const reserved = await all(times(3, () => reserve(userId)))
  expect(reserved.map(({ status, replayed }) => [status, replayed])).toEqual(Array(3).fill(['open', false]))
  expect(await app.ledger(userId)).toHaveLength(9)
})

test('one reservation that fails does not fail those that came with it', async () => {
  const userId = await app.createUser({ balance: 20 })
  const outcomes = await Promise.allSettled([
    reserve(userId),
    reserve(userId, { idempotencyKey: 'k'.repeat(300) }),
    reserve(userId, { idempotencyKey: randomUUID() }),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await app.ledger(userId)).toEqual(['purchase 20', 'deduction -2', 'deduction -2'])
})
