import { randomUUID } from 'node:crypto'
import type { SupabaseClient } from '@supabase/supabase-js'
import { expect, test } from './fixtures.ts'
import { type Account, createAccount } from './support/accounts.ts'
import type { Database } from './support/database.ts'
import { takeSnapshot } from './support/snapshot.ts'
import { openClient } from './support/supabase.ts'

const NOT_ALLOWED = '42501'
const NOT_EXPOSED = 'PGRST106'
const OWN_ROWS = [
  'profiles',
  'credits',
  'credit_transactions',
  'credit_grants',
  'credit_holds',
  'runs',
  'payments',
]

/** What people may call: each runs with the caller's own rights, and finds nobody else's rows. */
const READING_FUNCTIONS = [
  'balance_parts',
  'ledger_page',
  'transaction_history',
  'usage_by_day',
  'usage_stats',
]

/** What somebody might try on tables with the Data API, for themselves and against a victim. */
const writes = (client: SupabaseClient, userId: string, victimId: string) => ({
  'sets a balance': client.from('credits').update({ balance: 1_000_000 }).eq('user_id', userId),
  'opens a full wallet': client
    .from('credits')
    .insert({ user_id: userId, credit_type: 'calling', balance: 9 }),
  'overwrites a wallet': client
    .from('credits')
    .upsert({ user_id: userId, credit_type: 'general', balance: 9 }),
  'deletes a wallet': client.from('credits').delete().eq('user_id', victimId),
  'writes a ledger row': client.from('credit_transactions').insert({
    ...{ user_id: userId, credit_type: 'general', seq: 2, type: 'purchase' },
    ...{ amount: 500, balance_before: 100, balance_after: 600 },
  }),
  'edits the ledger': client.from('credit_transactions').update({ amount: 500 }).eq('user_id', userId),
  'empties the ledger': client.from('credit_transactions').delete().eq('user_id', victimId),
  'makes a grant': client
    .from('credit_grants')
    .insert({ user_id: userId, credit_type: 'general', amount: 5 }),
  'ends a hold': client.from('credit_holds').update({ status: 'released' }).eq('user_id', userId),
  pays: client.from('payments').update({ status: 'succeeded' }).eq('user_id', userId),
  'invents a payment': client.from('payments').insert({ user_id: userId, package_id: 'pro', credits: 500 }),
  'invents a delivery': client.from('payment_events').insert({ id: 'msg_forged', type: 'payment.succeeded' }),
  'makes everything cheap': client.from('credit_packages').update({ price: 1 }).eq('id', 'pro'),
  'sells a package': client
    .from('credit_packages')
    .insert({ id: 'mine', name: 'Mine', credits: 9, price: 0 }),
  'raises the bonus': client.from('credit_types').update({ signup_bonus: 1_000 }).eq('id', 'general'),
  'appoints an admin': client.from('user_roles').insert({ user_id: userId, role: 'admin' }),
  'becomes a member': client.from('profiles').update({ membership_tier: 'pro' }).eq('id', userId),
  'takes an address': client.from('profiles').update({ email: 'admin@example.test' }).eq('id', userId),
  'clears the audit log': client.from('audit_logs').delete().eq('target_user_id', userId),
})

for (const who of ['somebody who is signed in', 'a stranger'] as const) {
  const status = who === 'a stranger' ? 401 : 403
  const open = (user: Account) => openClient(who === 'a stranger' ? undefined : user)

  test(`${who} writes no table through the Data API`, async ({ user, sql }) => {
    const victim = await createAccount()
    const before = await takeSnapshot(sql, [user.id, victim.id, 'msg_forged'])
    const client = await open(user)
    for (const [what, attempt] of Object.entries(writes(client, user.id, victim.id))) {
      expect(await attempt, what).toMatchObject({ status, error: { code: NOT_ALLOWED }, data: null })
    }
    expect(await takeSnapshot(sql, [user.id, victim.id, 'msg_forged'])).toEqual(before)
  })

  test(`${who} calls no function that changes anything`, async ({ user, sql }) => {
    const before = await takeSnapshot(sql, [user.id])
    const client = await open(user)
    const functions = await readMutatingFunctions(sql)
    expect(functions.length).toBeGreaterThan(15)
    for (const { name, types } of functions) {
      const entries = Object.entries(types).map(([argument, type]) => [argument, madeUp(type, user.id)])
      expect(await client.rpc(name, Object.fromEntries(entries)), name).toMatchObject({
        status,
        error: { code: NOT_ALLOWED },
      })
    }
    expect(await takeSnapshot(sql, [user.id])).toEqual(before)
  })

  test(`${who} finds nothing outside the schema that is served`, async ({ user }) => {
    const client = await open(user)
    const closed = { status: 406, error: { code: NOT_EXPOSED } }
    expect(await client.schema('auth').from('users').select()).toMatchObject(closed)
    expect(await client.schema('private').from('rate_limits').select()).toMatchObject(closed)
    expect(await client.schema('private').rpc('is_admin')).toMatchObject(closed)
    expect(await client.schema('supabase_migrations').from('schema_migrations').select()).toMatchObject(
      closed,
    )
  })
}

/** The functions of the schema that is served, save those people may call, with the types of their arguments. */
function readMutatingFunctions(sql: Database) {
  return sql<{ name: string; types: Record<string, string> }[]>`
    select proname as name, coalesce(
      (select jsonb_object_agg(argument, type::oid::regtype::text)
        from unnest(proargnames, proargtypes::oid[]) as arguments (argument, type) where type is not null),
      '{}'
    ) as types
    from pg_proc
    where pronamespace = 'public'::regnamespace and proname <> all(${[...READING_FUNCTIONS]})`
}

function madeUp(type: string, userId: string): unknown {
  if (type === 'uuid') return userId
  if (type === 'bigint' || type === 'integer') return 1_000
  if (type === 'jsonb') return {}
  if (type.endsWith('[]')) return []
  if (type === 'interval') return '1 second'
  if (type.startsWith('timestamp')) return '2099-01-01T00:00:00Z'
  if (type === 'date') return '2099-01-01'
  return 'general'
}

test('nobody reads the rows of somebody else', async ({ user, sql }) => {
  const victim = await createAccount()
  const client = await openClient(user)
  for (const table of OWN_ROWS) {
    const owner = table === 'profiles' ? 'id' : 'user_id'
    expect(await client.from(table).select().eq(owner, victim.id), table).toMatchObject({
      status: 200,
      data: [],
    })
    const { data } = await client.from(table).select()
    expect(
      data?.every((row) => row[owner] === user.id),
      table,
    ).toBe(true)
  }
  for (const table of ['audit_logs', 'audit_trail', 'payment_events', 'mails']) {
    const { data } = await client.from(table).select()
    expect(
      data?.filter((row) => row.target_user_id !== user.id),
      table,
    ).toEqual([])
  }
  expect(
    await client.from('profiles').select('id, credits(*), payments(*)').eq('id', victim.id),
  ).toMatchObject({
    data: [],
  })
  expect(await client.from('user_roles').select()).toMatchObject({
    status: 403,
    error: { code: NOT_ALLOWED },
  })
  expect(await client.rpc('transaction_history', { p_user_id: victim.id })).toMatchObject({ data: [] })
  expect(await client.rpc('ledger_page', { p_user_id: victim.id })).toMatchObject({ data: { rows: [] } })
  expect(await client.rpc('usage_stats', { p_user_id: victim.id })).toMatchObject({ data: null })
  const wallet = { p_user_id: victim.id, p_credit_type: 'general' }
  expect(await client.rpc('balance_parts', wallet)).toMatchObject({ status: 200, data: null })
  expect(await client.rpc('usage_by_day', { ...wallet, p_days: 7 })).toMatchObject({
    status: 200,
    data: { used: 0, used_before: 0, days: [] },
  })

  const before = await takeSnapshot(sql, [victim.id])
  const renamed = await client.from('profiles').update({ name: 'Mine' }).eq('id', victim.id).select()
  expect(renamed).toMatchObject({ status: 200, data: [] })
  expect(await takeSnapshot(sql, [victim.id])).toEqual(before)
})

test('naming oneself an admin makes nobody an admin', async ({ user, openBrowser }) => {
  const client = await openClient(user)
  const metadata = { role: 'admin', roles: ['admin'], is_admin: true, app_metadata: { role: 'service_role' } }
  await client.auth.updateUser({ data: metadata })
  await client.auth.refreshSession()
  expect(await client.from('audit_logs').select()).toMatchObject({ data: [] })
  expect(await client.from('user_roles').select()).toMatchObject({ status: 403 })
  const page = await openBrowser(user)
  expect((await page.goto('/admin'))?.status()).toBe(404)
})

test('keys and tokens that are made up open nothing', async ({ user }) => {
  const { data } = await (await openClient(user)).auth.getSession()
  const [header, payload, signature] = data.session?.access_token.split('.') ?? []
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
  const raised = Buffer.from(JSON.stringify({ ...claims, role: 'service_role' })).toString('base64url')
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  for (const token of [
    `${header}.${raised}.${signature}`,
    `${none}.${raised}.`,
    `sb_secret_${randomUUID()}`,
  ]) {
    const client = await openClient(token)
    expect(await client.from('credits').select(), token).toMatchObject({ status: 401, data: null })
    expect(await client.rpc('add_credits', { p_user_id: user.id, p_amount: 5 }), token).toMatchObject({
      status: 401,
    })
  }
})
