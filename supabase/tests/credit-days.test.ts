import postgres, { type Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let superuser: Sql
let ann: string
let ben: string

beforeEach(async () => {
  await engine?.close()
  await superuser?.end()
  engine = await openEngine({ connections: 4 })
  superuser = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
  ann = await engine.createUser()
  ben = await engine.createUser()
})
afterAll(async () => {
  await superuser.end()
  await engine.close()
})

/** A charge of one credit, so many days ago. */
async function chargeOf(userId: string, daysAgo: number) {
  await engine.call('add_credits', { p_user_id: userId, p_amount: 1, p_type: 'promotion' })
  const { transaction_id: id } = await engine.call('deduct_credits', { p_user_id: userId, p_amount: 1 })
  await superuser.begin(async (sql) => {
    // Past the ledger's own guard, which lets nobody move a row in time.
    await sql`set local session_replication_role = replica`
    await sql`update public.credit_transactions set created_at = now() - ${daysAgo} * interval '1 day' where id >= ${id ?? 0} - 1`
  })
}

const sumUp = (limit = 100) => engine.call('sum_up_days', { p_limit: limit })
const keptDays = async () =>
  (
    await engine.owner<{ ago: number }[]>`
      select distinct (now() at time zone 'UTC')::date - day as ago from credit_days order by ago desc`
  ).map(({ ago }) => ago)
const metrics = () => engine.owner`select * from credit_metrics_daily order by day, credit_type`

test('the sums of days that are over are kept once, and say what the ledger says', async () => {
  for (const daysAgo of [9, 9, 4, 2, 1, 0]) await chargeOf(ann, daysAgo)
  await chargeOf(ben, 9)
  const fresh = await metrics()
  expect(await sumUp()).toEqual({ ok: true, days: 3 })
  // Yesterday may still be written by a transaction that began before midnight.
  expect(await keptDays()).toEqual([9, 4, 2])
  expect(await metrics()).toEqual(fresh)
  expect(await sumUp()).toEqual({ ok: true, days: 0 })
  await engine.expectSoundLedger()
})

test('a long past is kept a part at a time, the oldest first, over days without anything', async () => {
  for (const daysAgo of [400, 399, 350, 5]) await chargeOf(ann, daysAgo)
  const fresh = await metrics()
  for (const kept of [[400], [400, 399], [400, 399, 350], [400, 399, 350, 5]]) {
    expect(await sumUp(1)).toEqual({ ok: true, days: 1 })
    expect(await keptDays()).toEqual(kept)
    expect(await metrics()).toEqual(fresh)
  }
})

test('jobs at once keep each day once', async () => {
  for (const daysAgo of [8, 7, 6, 5]) await chargeOf(ann, daysAgo)
  const results = await Promise.all(Array.from({ length: 4 }, () => sumUp()))
  expect(results.map((result) => Object(result).days).toSorted()).toEqual([0, 0, 0, 4])
  await engine.expectSoundLedger()
})

test('an empty ledger has nothing to keep', async () => {
  expect(await sumUp()).toEqual({ ok: true, days: 0 })
})

test('a day that does not say what its rows say is named by the check', async () => {
  await chargeOf(ann, 3)
  await sumUp()
  const found = () =>
    engine.owner`select invariant from verify_ledger() where invariant = 'days_match_ledger'`
  expect(await found()).toEqual([])
  await superuser`update public.credit_days set amount = amount + 1 where type = 'promotion'`
  expect(await found()).toHaveLength(1)
  await superuser`delete from public.credit_days where type = 'promotion'`
  expect(await found()).toHaveLength(1)
})

test('who is no admin sees sums of their own rows alone', async () => {
  await chargeOf(ann, 5)
  await chargeOf(ben, 5)
  await sumUp()
  const seen = await superuser.begin(async (sql) => {
    const claims = JSON.stringify({ sub: ann, role: 'authenticated' })
    await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
    const [days] = await sql`select count(*)::int as rows from public.credit_days`
    const [own] = await sql`select charged::int, active_users::int from public.credit_metrics_daily`
    return { ...days, ...own }
  })
  expect(seen).toEqual({ rows: 0, charged: 1, active_users: 1 })
})
