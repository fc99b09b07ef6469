import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine, tally, times } from './engine.ts'

let engine: Engine
let user: string
let session: string

beforeAll(async () => {
  engine = await openEngine({ connections: 60 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())
beforeEach(async () => {
  user = await engine.createUser({ balance: 1000 })
  session = await engine.signIn(user)
})

type Key = { id: number; hash: string }

const newHash = () => createHash('sha256').update(randomUUID()).digest('hex')

async function create(changes: Record<string, string | number | string[]> = {}) {
  const hash = newHash()
  const answer = await engine.call('create_api_key', {
    p_user_id: user,
    p_caller: { session_id: session },
    p_name: 'Nightly job',
    p_prefix: 'lb_12345678',
    p_secret_hash: hash,
    p_scopes: ['tools:*'],
    ...changes,
  })
  return { hash, answer }
}

async function createKey(changes: Record<string, string | number | string[]> = {}): Promise<Key> {
  const { hash, answer } = await create(changes)
  expect(answer).toMatchObject({ ok: true })
  const [row] = await engine.owner<{ id: number }[]>`
    select id::int from api_keys where owner_id = ${user} order by id desc limit 1`
  return { id: row?.id ?? 0, hash }
}

const spend = (hash: string, changes: Record<string, string | object | number> = {}) =>
  engine.call('reserve_credits', {
    p_user_id: user,
    p_action: 'poem',
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller: { api_key: hash, address: '203.0.113.7' },
    ...changes,
  })

const change = (name: string, key: Key, args: Record<string, string | number> = {}) =>
  engine.call(name, {
    p_user_id: user,
    p_caller: { session_id: session },
    p_api_key_id: key.id,
    ...args,
  })
const rotate = (key: Key, hash: string, overlap: number) =>
  change('rotate_api_key', key, { p_prefix: 'lb_new', p_secret_hash: hash, p_overlap_seconds: overlap })

async function usedOf({ id }: Key, period: string) {
  const [row] = await engine.owner`
    select used::int, remaining::int from api_key_budgets
    where api_key_id = ${id} and period = ${period} and credit_type = 'general'`
  return row
}

describe('a key', () => {
  test('spends from the wallet of its owner, and the run says by which key it came', async () => {
    const key = await createKey()
    expect(await spend(key.hash)).toMatchObject({ ok: true, amount: -4, balance: 996 })
    const [run] = await engine.owner`select source, api_key_id::int from runs where user_id = ${user}`
    expect(run).toEqual({ source: 'api_key', api_key_id: key.id })
    const [used] = await engine.owner`select last_used_at from api_keys where id = ${key.id}`
    expect(used?.last_used_at).toBeInstanceOf(Date)
  })

  test('is kept as a hash alone, where nobody but the engine looks', async () => {
    await createKey()
    await expect(engine.server`select * from private.api_key_secrets`).rejects.toMatchObject({
      code: '42501',
    })
  })

  test('shares its idempotency with the page: the same key across doors is charged once', async () => {
    const { hash } = await createKey()
    const once = { p_idempotency_key: 'k1', p_request_hash: 'same' }
    expect(await spend(hash, { ...once, p_caller: { session_id: session } })).toMatchObject({
      replayed: false,
    })
    expect(await spend(hash, once)).toMatchObject({ ok: true, replayed: true })
    expect(await engine.ledger(user)).toEqual(['purchase 1000', 'deduction -4'])
  })

  test.each([
    ['unknown', async () => newHash(), 'invalid_api_key'],
    ['expired', async () => expired(), 'invalid_api_key'],
    ['without the scope', async () => (await createKey({ p_scopes: ['tools:other'] })).hash, 'scope_missing'],
    [
      'for reading alone',
      async () => (await createKey({ p_scopes: ['balance:read'] })).hash,
      'scope_missing',
    ],
    [
      'from another address',
      async () => (await createKey({ p_allowed_addresses: ['10.0.0.0/8', '2001:db8::1'] })).hash,
      'address_not_allowed',
    ],
  ])('that is %s is refused, and nothing is charged', async (_what, make, code) => {
    expect(await spend(await make())).toMatchObject({ ok: false, code })
    expect(await engine.ledger(user)).toEqual(['purchase 1000'])
  })

  async function expired() {
    const { id, hash } = await createKey()
    await engine.owner`update api_keys set expires_at = now() where id = ${id}`
    return hash
  }

  test('is taken from its own network', async () => {
    const { hash } = await createKey({ p_allowed_addresses: ['203.0.113.0/24'] })
    expect(await spend(hash)).toMatchObject({ ok: true })
  })

  test('opens no wallet but its owner’s', async () => {
    const { hash } = await createKey()
    const other = await engine.createUser({ balance: 10 })
    expect(await spend(hash, { p_user_id: other })).toMatchObject({ ok: false, code: 'invalid_api_key' })
    expect(await engine.ledger(other)).toEqual(['purchase 10'])
  })

  test('never makes another key, closes the account or reads it out', async () => {
    const { hash } = await createKey()
    const p_caller = { api_key: hash }
    const refused = { ok: false, code: 'session_ended' }
    const secret = { p_prefix: 'lb_x', p_secret_hash: newHash() }
    expect(
      await engine.call('create_api_key', {
        ...{ p_user_id: user, p_caller, p_name: 'More', p_scopes: ['tools:*'] },
        ...secret,
      }),
    ).toMatchObject(refused)
    expect(await engine.call('export_account', { p_user_id: user, p_caller })).toMatchObject(refused)
    expect(
      await engine.call('close_account', {
        ...{ p_user_id: user, p_confirmation: `${user}@example.com`, p_actor_id: user, p_caller },
      }),
    ).toMatchObject(refused)
  })

  test('stops at once when it is revoked, its owner is banned, or the account is closed', async () => {
    const [revoked, other] = [await createKey(), await createKey()]
    expect(await change('revoke_api_key', revoked)).toMatchObject({ ok: true })
    expect(await spend(revoked.hash)).toMatchObject({ code: 'invalid_api_key' })
    expect(await change('revoke_api_key', revoked)).toMatchObject({ code: 'api_key_not_found' })

    await engine.owner`update auth.users set banned_until = now() + interval '1 hour' where id = ${user}`
    expect(await spend(other.hash)).toMatchObject({ code: 'invalid_api_key' })
    await engine.owner`update auth.users set banned_until = null where id = ${user}`
    expect(await spend(other.hash)).toMatchObject({ ok: true })

    await engine.owner`update credit_holds set expires_at = now() where user_id = ${user}`
    await engine.call('close_account', {
      ...{ p_user_id: user, p_confirmation: `${user}@example.com`, p_actor_id: user },
      p_caller: { session_id: session },
    })
    expect(await spend(other.hash)).toMatchObject({ code: 'invalid_api_key' })
    const kept = await engine.owner`select name, prefix from api_keys where owner_id = ${user}`
    expect([...kept]).toEqual([
      { name: '', prefix: '' },
      { name: '', prefix: '' },
    ])
  })

  test('that is rotated takes both secrets until the overlap ends, and its budget goes on', async () => {
    const key = await createKey({ p_budget_total: 10 })
    const fresh = newHash()
    await spend(key.hash)
    expect(await rotate(key, fresh, 3600)).toMatchObject({ ok: true })
    expect(await spend(key.hash)).toMatchObject({ ok: true })
    expect(await spend(fresh)).toMatchObject({ code: 'budget_exceeded', remaining: 2 })
    await engine.owner`update private.api_key_secrets set expires_at = now() where secret_hash = ${key.hash}`
    expect(await spend(key.hash)).toMatchObject({ code: 'invalid_api_key' })

    const last = newHash()
    expect(await rotate(key, last, 0)).toMatchObject({ ok: true })
    expect(await spend(fresh)).toMatchObject({ code: 'invalid_api_key' })
    expect(await rotate(key, newHash(), 604_801)).toMatchObject({ code: 'invalid_overlap' })
  })

  test('belongs to one owner: nobody else changes it', async () => {
    const key = await createKey()
    const stranger = await engine.createUser()
    const theirs = { p_user_id: stranger, p_caller: { session_id: await engine.signIn(stranger) } }
    const missing = { ok: false, code: 'api_key_not_found' }
    expect(await engine.call('revoke_api_key', { ...theirs, p_api_key_id: key.id })).toMatchObject(missing)
    expect(
      await engine.call('set_api_key_budgets', { ...theirs, p_api_key_id: key.id, p_budget_total: 9 }),
    ).toMatchObject(missing)
    expect(await spend(key.hash)).toMatchObject({ ok: true })
  })

  test.each([
    ['a name', { p_name: ' ' }, 'name_required'],
    ['a time to come', { p_expires_at: '2020-01-01T00:00:00Z' }, 'already_expired'],
    ['addresses', { p_allowed_addresses: ['example.com'] }, 'invalid_address'],
    ['budgets of a credit or more', { p_budget_per_day: 0 }, 'invalid_amount'],
  ])('takes %s', async (_what, changes, code) => {
    expect((await create(changes)).answer).toMatchObject({ ok: false, code })
  })

  test('is one of fifty, also when several are made at once', async () => {
    const { length } = await Promise.all(times(49, () => createKey()).map((make) => make()))
    expect(length).toBe(49)
    const answers = await Promise.all(times(5, () => create()).map((make) => make()))
    expect(tally(answers.map(({ answer }) => answer))).toEqual({ done: 1, too_many_keys: 4 })
  })
})

describe('a budget', () => {
  test('is kept exactly by fifty calls at once', async () => {
    const key = await createKey({ p_budget_per_day: 40 })
    const answers = await engine.atOnce(
      user,
      times(50, () => spend(key.hash)),
    )
    expect(tally(answers).done).toBe(10)
    expect(await usedOf(key, 'day')).toEqual({ used: 40, remaining: 0 })
    expect((await engine.wallet(user)).balance).toBe(960)
  })

  test('gets back what a run gives back, on the day it was taken', async () => {
    const key = await createKey({ p_budget_total: 10 })
    const [settled, released] = [await spend(key.hash), await spend(key.hash)]
    await engine.call('settle_hold', { p_transaction_id: settled.transaction_id ?? 0, p_amount: 1 })
    await engine.call('release_hold', { p_transaction_id: released.transaction_id ?? 0 })
    expect(await usedOf(key, 'total')).toEqual({ used: 1, remaining: 9 })
    const lost = await spend(key.hash, { p_hold_ms: 0 })
    expect(lost).toMatchObject({ ok: true })
    await engine.call('release_expired_holds', {})
    expect(await usedOf(key, 'total')).toEqual({ used: 1, remaining: 9 })
  })

  test('also bounds what a run takes as it goes', async () => {
    const key = await createKey({ p_budget_per_month: 10 })
    const { transaction_id: id = 0 } = await spend(key.hash)
    expect(await engine.call('extend_hold', { p_transaction_id: id, p_total: 10 })).toMatchObject({
      ok: true,
    })
    expect(await engine.call('extend_hold', { p_transaction_id: id, p_total: 11 })).toMatchObject({
      ok: false,
      code: 'budget_exceeded',
      required: 1,
      remaining: 0,
    })
    await engine.call('settle_hold', { p_transaction_id: id, p_amount: 5 })
    expect(await usedOf(key, 'month')).toEqual({ used: 5, remaining: 5 })
  })

  test('begins anew with its day and month, and the total never does', async () => {
    const key = await createKey({ p_budget_per_day: 4, p_budget_per_month: 8, p_budget_total: 12 })
    const age = (days: number) =>
      engine.owner`update api_key_usage set day = day - ${days}::int where api_key_id = ${key.id}`
    await spend(key.hash)
    expect(await spend(key.hash)).toMatchObject({ code: 'budget_exceeded', period: 'day', remaining: 0 })
    await age(40)
    expect(await usedOf(key, 'month')).toEqual({ used: 0, remaining: 8 })
    expect(await spend(key.hash)).toMatchObject({ ok: true })
    await age(40)
    expect(await spend(key.hash)).toMatchObject({ ok: true })
    // The total is said, since tomorrow would not help.
    expect(await spend(key.hash)).toMatchObject({ code: 'budget_exceeded', period: 'total', resets_at: null })
  })

  test('can be changed: what is used already counts', async () => {
    const key = await createKey()
    await spend(key.hash)
    expect(await change('set_api_key_budgets', key, { p_budget_per_day: 7 })).toMatchObject({ ok: true })
    expect(await spend(key.hash)).toMatchObject({ code: 'budget_exceeded', remaining: 3 })
    expect(await change('set_api_key_budgets', key)).toMatchObject({ ok: true })
    expect(await spend(key.hash)).toMatchObject({ ok: true })
  })

  test('tells its owner at 50, 80, 90 and 100 percent, each once', async () => {
    const key = await createKey({ p_budget_total: 10 })
    const use = (price: number) => spend(key.hash, { p_prices: { default: price } })
    const mailed = async () => {
      const mails = await engine.owner<{ percent: number }[]>`
        select (data ->> 'percent')::int as percent from mails
        where user_id = ${user} and kind = 'key_budget' order by id`
      return mails.map(({ percent }) => percent)
    }
    await use(4)
    expect(await mailed()).toEqual([])
    const { transaction_id: id = 0 } = await use(1)
    expect(await mailed()).toEqual([50])
    await engine.call('release_hold', { p_transaction_id: id })
    await use(1)
    expect(await mailed()).toEqual([50])
    // Past two at once, only the highest is news.
    await use(4)
    expect(await mailed()).toEqual([50, 90])
    await use(1)
    expect(await mailed()).toEqual([50, 90, 100])
  })
})
