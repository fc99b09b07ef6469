import type { Sql, TransactionSql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

const OWN_ROWS = [
  'profiles',
  'credits',
  'credit_transactions',
  'credit_grants',
  'credit_holds',
  'runs',
  'api_keys',
  'api_key_budgets',
  'payments',
  'payment_overview',
]
const INSUFFICIENT_PRIVILEGE = { code: '42501' }
const APPEND_ONLY = { code: '23001' }

let engine: Engine
let sql: Sql
let ann: string
let ben: string
let admin: string
const sessions = new Map<string, string>()

beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  sql = engine.owner
  ;[ann, ben, admin] = [await engine.createUser(), await engine.createUser(), await engine.createAdmin()]
  for (const person of [ann, ben, admin]) sessions.set(person, await engine.signIn(person))
  await sql`update credit_packages set active = false where id = 'enterprise'`
  for (const [index, userId] of [ann, ben].entries()) {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    await engine.call('add_credits', { p_user_id: userId, p_amount: 10, p_expires_at: soon })
    const run = {
      p_user_id: userId,
      p_action: 'tool',
      p_prices: { default: 1 },
      p_hold_ms: 60_000,
      p_caller: { internal: 'test' },
    }
    await engine.call('reserve_credits', run)
    await engine.call('create_api_key', {
      p_user_id: userId,
      p_caller: { internal: 'test' },
      p_name: 'Nightly job',
      p_prefix: 'lb_12345678',
      p_secret_hash: `${index}`.repeat(64),
      p_scopes: ['tools:*'],
      p_budget_total: 10,
    })
    await engine.call('record_checkout', {
      p_user_id: userId,
      p_package_id: 'pro',
      p_checkout_session_id: `cks_${index}`,
      p_provider: 'dodopayments',
    })
    await engine.call('deduct_credits', { p_user_id: userId, p_amount: 1_000 })
  }
  await engine.call('record_reconciliation', {
    p_since: '2026-01-01',
    p_until: '2026-01-02',
    p_checked: {},
    p_differences: [],
  })
  await sql`select private.queue_mail(${ann}, 'receipt', 'receipt:1', '{}')`
  await engine.call('store_payment_event', {
    p_id: 'msg_1',
    p_type: 'payment.succeeded',
    p_payload: {},
    p_provider: 'dodopayments',
  })
})
afterAll(() => engine.close())

/** Runs `act` with the rights of a role, as the Data API does for the holder of a token; undone afterwards. */
async function as<Result>(
  role: string,
  userId: string | null,
  act: (sql: TransactionSql) => Promise<Result>,
) {
  const undo = Symbol('undo')
  let result: Result | undefined
  await sql
    .begin(async (transaction) => {
      const claims = JSON.stringify({
        role,
        sub: userId ?? undefined,
        session_id: sessions.get(userId ?? ''),
      })
      await transaction`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`
      result = await act(transaction)
      throw undo
    })
    .catch((error) => {
      if (error !== undo) throw error
    })
  return result
}

/** Whose rows of a table somebody sees. */
const seen = (table: string, role: string, userId: string | null) =>
  as(role, userId, async (transaction) => {
    const column = table === 'profiles' ? 'id' : table.startsWith('api_key') ? 'owner_id' : 'user_id'
    const rows = await transaction`select distinct ${sql(column)} as owner from ${sql(table)}`
    return new Set(rows.map(({ owner }) => owner))
  })

test.each(OWN_ROWS)('%s: people see their own rows, admins all', async (table) => {
  expect(await seen(table, 'authenticated', ann)).toEqual(new Set([ann]))
  expect(await seen(table, 'authenticated', ben)).toEqual(new Set([ben]))
  expect((await seen(table, 'authenticated', admin))?.isSupersetOf(new Set([ann, ben]))).toBe(true)
  expect(await seen(table, 'authenticated', null)).toEqual(new Set())
  await expect(seen(table, 'anon', null)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE)
})

test.each(['audit_logs', 'payment_events', 'mails', 'reconciliations'])(
  '%s: only admins see anything',
  async (table) => {
    const count = (userId: string) =>
      as(
        'authenticated',
        userId,
        async (transaction) => (await transaction`select from ${sql(table)}`).length,
      )
    expect(await count(ann)).toBe(0)
    expect(await count(admin)).toBeGreaterThan(0)
  },
)

test('what is not for sale is shown to admins alone', async () => {
  const offers = (role: string, userId: string | null) =>
    as(role, userId, async (transaction) => (await transaction`select from credit_packages`).length)
  expect([await offers('anon', null), await offers('authenticated', ann)]).toEqual([5, 5])
  expect(await offers('authenticated', admin)).toBe(6)
})

test('history and usage are one’s own', async () => {
  const entries = (userId: string, of: string) =>
    as(
      'authenticated',
      userId,
      async (transaction) => (await transaction`select from transaction_history(${of})`).length,
    )
  expect(await entries(ann, ann)).toBe(2)
  expect(await entries(ann, ben)).toBe(0)
  const page = await as(
    'authenticated',
    ann,
    (transaction) => transaction`select ledger_page(${ben}) as found`,
  )
  expect(page?.[0]?.found).toMatchObject({ total: 0, rows: [] })
  const usage = await as(
    'authenticated',
    ann,
    (transaction) => transaction`select usage_stats(${ben}) as stats`,
  )
  expect(usage?.[0]?.stats).toBeNull()
})

test('people rename themselves, nobody else, and change nothing else', async () => {
  const rename = (whose: string) =>
    as(
      'authenticated',
      ann,
      (transaction) => transaction`update profiles set name = 'Ann' where id = ${whose}`,
    )
  expect((await rename(ann))?.count).toBe(1)
  expect((await rename(ben))?.count).toBe(0)
  const promote = as(
    'authenticated',
    ann,
    (transaction) => transaction`update profiles set membership_tier = 'pro'`,
  )
  await expect(promote).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE)
})

test.each(['authenticated', 'service_role'])(
  '%s writes no wallet and no ledger row by hand',
  async (role) => {
    for (const statement of [
      'update credits set balance = 1000000',
      'insert into credits (user_id, credit_type) select id, $$general$$ from profiles',
      'delete from credits',
      'insert into credit_transactions (user_id) select id from profiles',
      'update credit_transactions set amount = 1',
      'truncate credit_transactions',
      'delete from audit_logs',
      'update payments set credits = 1000000',
      'update credit_grants set remaining = amount',
      'delete from credit_holds',
    ]) {
      const attempt = as(role, ann, (transaction) => transaction.unsafe(statement))
      await expect(attempt, statement).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE)
    }
  },
)

test.each(['credit_transactions', 'audit_logs'])(
  '%s refuses to be changed, even by its owner',
  async (table) => {
    const attempts = [
      sql`update ${sql(table)} set action = 'forged'`,
      sql`delete from ${sql(table)}`,
      sql`truncate ${sql(table)} cascade`,
    ]
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(APPEND_ONLY)
  },
)
