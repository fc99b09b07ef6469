import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let user: string
let email: string
let session: string

beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterAll(() => engine.close())

const SECRET = 'Ada Lovelace'

beforeEach(async () => {
  user = await engine.createUser({ balance: 50 })
  email = `${user}@example.com`
  session = await engine.signIn(user)
})

const close = (changes: object = {}) =>
  engine.call('close_account', {
    p_user_id: user,
    p_confirmation: email,
    p_actor_id: user,
    p_caller: { session_id: session },
    ...changes,
  })

async function run(p_caller: object = { session_id: session }) {
  const { transaction_id: id = 0 } = await engine.call('reserve_credits', {
    p_user_id: user,
    p_action: 'poem',
    p_description: `A poem for ${SECRET}`,
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller,
    p_metadata: { rule: 'flat', input: { for: SECRET } },
    p_input: { for: SECRET },
  })
  return id
}

/** Leaves the person's name and address wherever the product keeps what people and admins write. */
async function live() {
  const sql = engine.owner
  await sql`update profiles set name = ${SECRET} where id = ${user}`
  await sql`
    update auth.users
    set raw_user_meta_data = ${sql.json({ name: SECRET })}, email_change = ${`new-${email}`}
    where id = ${user}`
  await sql`
    insert into auth.identities (provider, provider_id, user_id, identity_data)
    values ('email', ${user}, ${user}, ${sql.json({ email, name: SECRET })})`
  await engine.call('create_api_key', {
    p_user_id: user,
    p_caller: { session_id: session },
    p_name: `Key of ${SECRET}`,
    p_prefix: 'lb_12345678',
    p_secret_hash: user.replaceAll('-', '').repeat(2),
    p_scopes: ['tools:*'],
  })
  const id = await run()
  await engine.call('settle_hold', { p_transaction_id: id, p_response: { poem: SECRET } })
  const [admin] = await sql<{ user_id: string }[]>`select user_id from user_roles`
  await engine.call('adjust_credits', {
    p_user_id: user,
    p_amount: 5,
    p_reason: `Asked by ${SECRET}, ${email}`,
    p_actor_id: admin?.user_id ?? '',
  })
  await engine.call('record_checkout', {
    p_user_id: user,
    p_package_id: 'pro',
    p_checkout_session_id: `cks_${user}`,
    p_provider: 'dodopayments',
  })
  await engine.call('store_payment_event', {
    p_id: `msg_${user}`,
    p_type: 'payment.failed',
    p_payload: { data: { checkout_session_id: `cks_${user}`, customer: { email, name: SECRET } } },
    p_provider: 'dodopayments',
  })
  await engine.call('finish_payment_event', { p_id: `msg_${user}`, p_status: 'ignored' })
  await sql`select private.queue_mail(${user}, 'receipt', ${`receipt:${user}`}, ${sql.json({ name: SECRET })})`
  await sql`update mails set status = 'sent', sent_at = now() where user_id = ${user}`
  await sql`select private.queue_mail(${user}, 'refund', ${`refund:${user}`}, ${sql.json({ name: SECRET })})`
}

/** The tables of ours and of Auth that hold a text anywhere in a row. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await engine.owner<{ name: string }[]>`
    select format('%I.%I', relnamespace::regnamespace, relname) as name
    from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'private', 'auth')
    order by 1`
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await engine.owner.unsafe<{ hits: number }[]>(
      `select count(*)::int as hits from ${name} t where position(lower($1) in lower(t::text)) > 0`,
      [text],
    )
    if (row && row.hits > 0) found.push(name)
  }
  return found
}

describe('a closed account', () => {
  test('names its person nowhere, and its ledger still adds up', async () => {
    await live()
    expect(await tablesWith(SECRET)).toEqual(
      expect.arrayContaining([
        'auth.identities',
        'auth.users',
        'public.api_keys',
        'public.audit_logs',
        'public.credit_transactions',
        'public.mails',
        'public.payment_events',
        'public.profiles',
        'public.runs',
      ]),
    )
    const ledger = await engine.ledger(user)
    const wallet = await engine.wallet(user)
    expect(await close()).toMatchObject({ ok: true, replayed: false })
    expect(await tablesWith(SECRET)).toEqual([])
    expect(await tablesWith(email)).toEqual([])
    expect(await engine.ledger(user)).toEqual(ledger)
    expect(await engine.wallet(user)).toEqual(wallet)
    await engine.expectSoundLedger()
  })

  test('keeps what explains its charges', async () => {
    await live()
    await close()
    const [charge] = await engine.owner`
      select description, metadata from credit_transactions where user_id = ${user} and type = 'deduction'`
    expect(charge).toEqual({
      description: null,
      metadata: { rule: 'flat', price: 4, prices: { default: 4 }, tier: null },
    })
  })

  test('is signed out everywhere, and cannot sign in, run or be closed again', async () => {
    await close()
    expect([...(await engine.owner`select from auth.sessions where user_id = ${user}`)]).toEqual([])
    const [login] = await engine.owner`
      select encrypted_password, banned_until > now() + interval '1 year' as banned from auth.users where id = ${user}`
    expect(login).toEqual({ encrypted_password: '', banned: true })
    expect(await run()).toBe(0)
    expect(await close({ p_caller: { internal: 'test' } })).toMatchObject({ ok: true, replayed: true })
  })

  test('frees its address for a new account, which does not get the sign-up bonus again', async () => {
    const confirm = (id: string) =>
      engine.owner`update auth.users set email_confirmed_at = now() where id = ${id}`
    await confirm(user)
    expect(await engine.ledger(user)).toContain('signup_bonus 100')
    await close()
    expect([...(await engine.owner`select from signup_bonuses where user_id = ${user}`)]).toEqual([])
    const again = randomUUID()
    await engine.owner`insert into auth.users (id, email) values (${again}, ${email})`
    await confirm(again)
    expect(await engine.ledger(again)).toEqual([])
  })

  test('gets no mail, and what the provider still reports about it is emptied', async () => {
    await live()
    await close()
    await engine.owner`select private.queue_mail(${user}, 'refund', ${`late:${user}`}, '{}')`
    expect([
      ...(await engine.owner`select from mails where user_id = ${user} and status = 'waiting'`),
    ]).toEqual([])
    await engine.call('store_payment_event', {
      p_id: `late_${user}`,
      p_type: 'payment.failed',
      p_payload: { data: { checkout_session_id: `cks_${user}`, customer: { email, name: SECRET } } },
      p_provider: 'dodopayments',
    })
    await engine.call('purge_event_payloads', {})
    expect(await tablesWith(SECRET), 'while it is not applied').toEqual(['public.payment_events'])
    await engine.call('finish_payment_event', { p_id: `late_${user}`, p_status: 'ignored' })
    await engine.call('purge_event_payloads', {})
    expect(await tablesWith(SECRET)).toEqual([])
  })
})

describe('the export of an account', () => {
  const ask = (p_caller: object | null) => engine.call('export_account', { p_user_id: user, p_caller })

  test('holds all that is stored about its user, and nothing about another', async () => {
    await live()
    const other = await engine.createUser({ balance: 7 })
    const exported = await ask({ session_id: session })
    expect(exported).toMatchObject({
      ok: true,
      profile: { id: user, email, name: SECRET },
      login: { email, details: { name: SECRET } },
      identities: [{ provider: 'email' }],
      wallets: [{ balance: 51 }],
      transactions: [{ amount: 50 }, { amount: -4 }, { amount: 5 }],
      runs: [{ tool: 'poem', input: { for: SECRET } }],
      payments: [{ package_id: 'pro', status: 'pending' }],
      mails: [{ kind: 'receipt' }, { kind: 'refund' }],
      events: [{ type: 'payment.failed' }],
    })
    expect(JSON.stringify(exported)).not.toContain(other)
  })

  test('is for its user alone, in a session that goes on', async () => {
    const other = await engine.createUser()
    const refused = { ok: false, code: 'session_ended' }
    expect(await ask({ session_id: await engine.signIn(other) })).toMatchObject(refused)
    await engine.owner`delete from auth.sessions where id = ${session}`
    expect(await ask({ session_id: session })).toMatchObject(refused)
    expect(await ask(null)).toMatchObject(refused)
  })
})

describe('an account is closed', () => {
  const refused = (code: string) => expect.objectContaining({ ok: false, code })

  test('only with its address typed', async () => {
    expect(await close({ p_confirmation: 'close' })).toEqual(refused('confirmation_mismatch'))
    expect(await close({ p_confirmation: null })).toEqual(refused('confirmation_mismatch'))
    expect(await close({ p_confirmation: ` ${email.toUpperCase()} ` })).toMatchObject({ ok: true })
  })

  test('only from a session that goes on', async () => {
    await engine.owner`delete from auth.sessions where id = ${session}`
    expect(await close()).toEqual(refused('session_ended'))
    expect(await close({ p_caller: null })).toEqual(refused('session_ended'))
  })

  test('by an admin with a reason, and by nobody else', async () => {
    const other = await engine.createUser()
    const by = (reason: string | null) => ({
      p_actor_id: other,
      p_caller: { internal: 'test' },
      p_reason: reason,
    })
    expect(await close(by('Asked by mail'))).toEqual(refused('forbidden'))
    await engine.owner`insert into user_roles (user_id, role) values (${other}, 'admin')`
    expect(await close(by(' '))).toEqual(refused('reason_required'))
    expect(await close(by('Asked by mail'))).toMatchObject({ ok: true })
    const [entry] = await engine.owner`
      select actor_id, reason from audit_logs
      where target_user_id = ${user} and action = 'account.close' and outcome = 'success'`
    expect(entry).toEqual({ actor_id: other, reason: 'Asked by mail' })
  })

  test('not while it is an admin’s', async () => {
    await engine.owner`insert into user_roles (user_id, role) values (${user}, 'admin')`
    expect(await close()).toEqual(refused('account_of_admin'))
  })

  test('not while a plan would be charged again', async () => {
    await engine.owner`
      insert into subscriptions (user_id, provider, provider_subscription_id, package_id, status)
      values (${user}, 'dodopayments', ${`sub_${user}`}, 'pro-monthly', 'active')`
    expect(await close()).toEqual(refused('plan_active'))
    await engine.owner`update subscriptions set cancel_at_period_end = true where user_id = ${user}`
    expect(await close()).toMatchObject({ ok: true })
  })

  test('not while a run goes on', async () => {
    const id = await run()
    expect(await close()).toEqual(refused('run_in_flight'))
    await engine.call('release_hold', { p_transaction_id: id })
    expect(await close()).toMatchObject({ ok: true })
  })
})

describe('append-only rows', () => {
  test.each([
    'update credit_transactions set description = null',
    'update credit_transactions set amount = amount + 1',
    "update audit_logs set reason = 'another'",
    'delete from credit_transactions',
  ])('do not change by: %s', async (statement) => {
    await live()
    await expect(engine.owner.unsafe(`${statement} where true`)).rejects.toThrow('append-only')
    const forgetting = engine.owner.begin(async (sql) => {
      await sql`set local account.forgetting = 'on'`
      await sql.unsafe(`${statement} where true`)
    })
    await expect(forgetting, 'not even by who would forget more than is listed').rejects.toThrow(
      'append-only',
    )
  })
})

// What looks as if people wrote it, and they did not; and what close_account overwrites by name.
const NOT_LISTED = [
  'api_keys.name',
  'audit_refusals.reason',
  'credit_packages.description',
  'credit_packages.metadata',
  'credit_packages.name',
  'credit_transactions.burned_grants',
  'credit_types.name',
  'gift_batches.reason',
  'job_runs.error',
  'job_runs.result',
  'membership_tiers.name',
  'package_syncs.error',
  'profiles.email',
  'profiles.name',
  'reconciliations.checked',
  'reconciliations.differences',
  'signup_bonuses.client_network',
  'tool_switches.message',
]

test('every column for free text or an object is listed as personal, or above as not', async () => {
  const columns = await engine.owner<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join private.personal_data d on d.table_name = c.relname
    where c.relkind = 'r'
    and c.relnamespace = 'public'::regnamespace
    and (
      a.atttypid = 'jsonb'::regtype
      or a.attname ~ '(reason|description|error|name|email|note|message|title|address|network)$'
    )
    and not coalesce(d.columns ? a.attname, false)
    order by 1`
  expect(columns.map(({ name }) => name)).toEqual(NOT_LISTED)
})
