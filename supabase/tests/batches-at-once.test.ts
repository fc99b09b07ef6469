import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../scripts/random.ts'
import { type Engine, type EngineResult, openEngine, tally, times } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 24 })
  await engine.owner`insert into credit_types (id, name) values ('minutes', 'Minutes')`
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

type Entry = { user_id: string; amount: number } & Record<string, string | number>

async function send(name: 'add_many' | 'deduct_many', entries: Entry[]): Promise<EngineResult[]> {
  const answer: EngineResult & { results?: EngineResult[] } = await engine.call(name, { p_entries: entries })
  if (!answer.results) throw new Error(`${name} answered ${JSON.stringify(answer)}.`)
  return answer.results
}

test('batches over the same wallets in any order, and single charges among them, wait in no circle and add up', async () => {
  const random = createRandom(7)
  const users = await Promise.all(times(6, () => engine.createUser({ balance: 200 })).map((make) => make()))
  const entries = () =>
    Array.from({ length: 30 }, (_, index) => ({
      user_id: random.pick(users),
      amount: random.between(1, 3),
      credit_type: random.pick(['general', 'general', 'minutes']),
      idempotency_key: `${random.between(1, 400)}:${index % 3}`,
    }))
  const acts = Array.from({ length: 40 }, (_, index) => {
    const batch = entries()
    const [first] = batch
    if (!first || index % 4 < 2) return () => send(index % 4 === 0 ? 'add_many' : 'deduct_many', batch)
    if (index % 4 === 2) return () => send('deduct_many', batch.toReversed())
    const { user_id, amount } = first
    return async () => [await engine.call('deduct_credits', { p_user_id: user_id, p_amount: amount })]
  })
  const answers = (await Promise.all(acts.map((act) => act()))).flat()
  const { done = 0, replayed = 0 } = tally(answers)
  expect(done).toBeGreaterThan(100)
  expect(replayed).toBeGreaterThan(0)
  const rows = await engine.owner`select from credit_transactions where user_id = any(${users}::uuid[])`
  expect(rows).toHaveLength(done + users.length)
})

test('one key in 20 batches at once is charged once, and everybody hears of the same transaction', async () => {
  const userId = await engine.createUser({ balance: 100 })
  const batch = () =>
    send('deduct_many', [
      { user_id: userId, amount: 3, idempotency_key: 'run-1' },
      { user_id: userId, amount: 1 },
    ])
  const answers = (
    await engine.atOnce(
      userId,
      times(20, () => batch()),
    )
  ).flat()
  expect(tally(answers)).toEqual({ done: 21, replayed: 19 })
  const ofKey = answers.filter((_, index) => index % 2 === 0)
  expect(new Set(ofKey.map(({ transaction_id }) => transaction_id)).size).toBe(1)
  expect(await engine.wallet(userId)).toMatchObject({ balance: 77, version: 22 })
})

test('one key at two wallets of one user at once is a conflict for that entry alone', async () => {
  const userId = await engine.createUser({ balance: 20 })
  await engine.call('add_credits', { p_user_id: userId, p_amount: 20, p_credit_type: 'minutes' })
  const batch = (type: string) =>
    send('deduct_many', [
      { user_id: userId, amount: 1, credit_type: type },
      { user_id: userId, amount: 2, credit_type: type, idempotency_key: 'run-1' },
      { user_id: userId, amount: 3, credit_type: type },
    ])
  const answers = await engine.atOnce(userId, [() => batch('general'), () => batch('minutes')])
  expect(tally(answers.flat())).toEqual({ done: 5, idempotency_conflict: 1 })
})

test('users without a wallet are credited by 20 batches at once, and nothing is lost', async () => {
  const users = await Promise.all(times(4, () => engine.createUser()).map((make) => make()))
  const entries = users.map((user_id) => ({ user_id, amount: 5, credit_type: 'minutes' }))
  const answers = await Promise.all(
    times(20, (index) => send('add_many', index % 2 ? entries : entries.toReversed())).map((act) => act()),
  )
  expect(tally(answers.flat())).toEqual({ done: 80 })
  const wallets = await engine.owner`
    select balance::int from credits where user_id = any(${users}::uuid[]) and credit_type = 'minutes'`
  expect(wallets.map(({ balance }) => balance)).toEqual([100, 100, 100, 100])
})

test('refusals of the same people in any order wait in no circle', async () => {
  const users = Array.from({ length: 5 }, () => randomUUID())
  const entries = users.flatMap((user_id) => [
    { user_id, amount: 0 },
    { user_id, amount: 5 },
  ])
  const answers = await Promise.all(
    times(20, (index) => send('deduct_many', index % 2 ? entries : entries.toReversed())).map((act) => act()),
  )
  expect(tally(answers.flat())).toEqual({ invalid_amount: 100, insufficient_credits: 100 })
})

test('a refused addition opens no wallet', async () => {
  const userId = await engine.createUser({ balance: 5 })
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 1, p_idempotency_key: 'taken' })
  const entry = { user_id: userId, amount: 5, credit_type: 'minutes', idempotency_key: 'taken' }
  expect(await send('add_many', [entry])).toMatchObject([{ ok: false, code: 'idempotency_conflict' }])
  const wallets =
    await engine.owner`select from credits where user_id = ${userId} and credit_type = 'minutes'`
  expect(wallets).toHaveLength(0)
})

test.each(['add_many', 'deduct_many'] as const)('%s takes 1,000 entries, and no more', async (name) => {
  const userId = await engine.createUser({ balance: 1_000 })
  const entries = Array.from({ length: 1_000 }, () => ({ user_id: userId, amount: 1 }))
  expect(tally(await send(name, entries))).toEqual({ done: 1_000 })
  const { version } = await engine.wallet(userId)
  const tooMany = await engine.call(name, { p_entries: [...entries, { user_id: userId, amount: 1 }] })
  expect(tooMany).toMatchObject({ ok: false, code: 'batch_too_large' })
  expect(tooMany.message).toBe('A batch can have up to 1,000 entries, and this one has 1,001.')
  expect(await engine.call(name, { p_entries: { no: 'list' } })).toMatchObject({ code: 'invalid_batch' })
  expect(await engine.wallet(userId)).toMatchObject({ version })
})

test('a key that is too long is refused for its entry alone', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const answers = await send('deduct_many', [
    { user_id: userId, amount: 1, idempotency_key: 'k'.repeat(256) },
    { user_id: userId, amount: 1, idempotency_key: '' },
    { user_id: userId, amount: 1, idempotency_key: 'k'.repeat(255) },
  ])
  expect(answers.map(({ code }) => code)).toEqual(['invalid_key', 'invalid_key', undefined])
})
