import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSecret } from '../../lib/api-keys/secret.ts'
import { type Engine, openEngine, tally, times } from './engine.ts'
import { createKeyOwner, type KeyOwner, type TestKey } from './key-owner.ts'

let engine: Engine
let owner: KeyOwner
let user: string

beforeAll(async () => {
  engine = await openEngine({ connections: 10 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())
beforeEach(async () => {
  owner = await createKeyOwner(engine, 1000)
  user = owner.id
})

const newHash = () => createSecret().hash

const rotate = (key: TestKey, hash: string, overlap: number) =>
  owner.change('rotate_api_key', key, {
    p_prefix: 'lb_new',
    p_secret_hash: hash,
    p_overlap_seconds: overlap,
  })

describe('a key', () => {
  test('spends from the wallet of its owner, and the run says by which key it came', async () => {
    const key = await owner.createKey()
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true, amount: -4, balance: 996 })
    const [run] = await engine.owner`select source, api_key_id::int from runs where user_id = ${user}`
    expect(run).toEqual({ source: 'api_key', api_key_id: key.id })
    const [used] = await engine.owner`select last_used_at from api_keys where id = ${key.id}`
    expect(used?.last_used_at).toBeInstanceOf(Date)
  })

  test('is kept as a hash alone, where nobody but the engine looks', async () => {
    await owner.createKey()
    await expect(engine.server`select * from private.api_key_secrets`).rejects.toMatchObject({
      code: '42501',
    })
  })

  test('shares its idempotency with the page: the same key across doors is charged once', async () => {
    const { hash } = await owner.createKey()
    const once = { p_idempotency_key: 'k1', p_request_hash: 'same' }
    expect(await owner.spend(hash, { ...once, p_caller: { session_id: owner.session } })).toMatchObject({
      replayed: false,
    })
    expect(await owner.spend(hash, once)).toMatchObject({ ok: true, replayed: true })
    expect(await engine.ledger(user)).toEqual(['purchase 1000', 'deduction -4'])
  })

  test.each([
    ['unknown', async () => newHash(), 'invalid_api_key'],
    ['expired', async () => expired(), 'invalid_api_key'],
    [
      'without the scope',
      async () => (await owner.createKey({ p_scopes: ['tools:other'] })).hash,
      'scope_missing',
    ],
    [
      'for reading alone',
      async () => (await owner.createKey({ p_scopes: ['balance:read'] })).hash,
      'scope_missing',
    ],
    [
      'from another address',
      async () => (await owner.createKey({ p_allowed_addresses: ['10.0.0.0/8', '2001:db8::1'] })).hash,
      'address_not_allowed',
    ],
  ])('that is %s is refused, and nothing is charged', async (_what, make, code) => {
    expect(await owner.spend(await make())).toMatchObject({ ok: false, code })
    expect(await engine.ledger(user)).toEqual(['purchase 1000'])
  })

  async function expired() {
    const { id, hash } = await owner.createKey()
    await engine.owner`update api_keys set expires_at = now() where id = ${id}`
    return hash
  }

  test('is taken from its own network', async () => {
    const { hash } = await owner.createKey({ p_allowed_addresses: ['203.0.113.0/24'] })
    expect(await owner.spend(hash)).toMatchObject({ ok: true })
  })

  test('opens no wallet but its owner’s', async () => {
    const { hash } = await owner.createKey()
    const other = await engine.createUser({ balance: 10 })
    expect(await owner.spend(hash, { p_user_id: other })).toMatchObject({
      ok: false,
      code: 'invalid_api_key',
    })
    expect(await engine.ledger(other)).toEqual(['purchase 10'])
  })

  test('never makes another key, closes the account or reads it out', async () => {
    const { hash } = await owner.createKey()
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
    const [revoked, other] = [await owner.createKey(), await owner.createKey()]
    expect(await owner.change('revoke_api_key', revoked)).toMatchObject({ ok: true })
    expect(await owner.spend(revoked.hash)).toMatchObject({ code: 'invalid_api_key' })
    expect(await owner.change('revoke_api_key', revoked)).toMatchObject({ code: 'api_key_not_found' })

    await engine.owner`update auth.users set banned_until = now() + interval '1 hour' where id = ${user}`
    expect(await owner.spend(other.hash)).toMatchObject({ code: 'invalid_api_key' })
    await engine.owner`update auth.users set banned_until = null where id = ${user}`
    expect(await owner.spend(other.hash)).toMatchObject({ ok: true })

    await engine.owner`update credit_holds set expires_at = now() where user_id = ${user}`
    await engine.call('close_account', {
      ...{ p_user_id: user, p_confirmation: `${user}@example.com`, p_actor_id: user },
      p_caller: { session_id: owner.session },
    })
    expect(await owner.spend(other.hash)).toMatchObject({ code: 'invalid_api_key' })
    const kept = await engine.owner`select name, prefix from api_keys where owner_id = ${user}`
    expect([...kept]).toEqual([
      { name: '', prefix: '' },
      { name: '', prefix: '' },
    ])
  })

  test('goes with all others of its owner when these are revoked together, and with no one else’s', async () => {
    const stranger = await createKeyOwner(engine, 10)
    const theirs = await stranger.createKey()
    const mine = [await owner.createKey(), await owner.createKey()]
    const own = { p_user_id: user, p_caller: { session_id: owner.session } }
    const [{ hash } = { hash: '' }] = mine
    expect(await engine.call('revoke_api_keys', { ...own, p_caller: { api_key: hash } })).toMatchObject({
      code: 'session_ended',
    })
    expect(await engine.call('revoke_api_keys', own)).toMatchObject({ ok: true, revoked: 2 })
    for (const key of mine) expect(await owner.spend(key.hash)).toMatchObject({ code: 'invalid_api_key' })
    expect(await stranger.spend(theirs.hash)).toMatchObject({ ok: true })
    expect(await engine.call('revoke_api_keys', own)).toMatchObject({ revoked: 0 })
    const audited = await engine.owner`
      select from audit_logs where target_user_id = ${user} and action = 'api_key.revoke' and outcome = 'success'`
    expect(audited).toHaveLength(2)
  })

  test('that is rotated takes both secrets until the overlap ends, and its budget goes on', async () => {
    const key = await owner.createKey({ p_budget_total: 10 })
    const fresh = newHash()
    await owner.spend(key.hash)
    expect(await rotate(key, fresh, 3600)).toMatchObject({ ok: true })
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true })
    expect(await owner.spend(fresh)).toMatchObject({ code: 'budget_exceeded', remaining: 2 })
    await engine.owner`update private.api_key_secrets set expires_at = now() where secret_hash = ${key.hash}`
    expect(await owner.spend(key.hash)).toMatchObject({ code: 'invalid_api_key' })

    const last = newHash()
    expect(await rotate(key, last, 0)).toMatchObject({ ok: true })
    expect(await owner.spend(fresh)).toMatchObject({ code: 'invalid_api_key' })
    expect(await rotate(key, newHash(), 604_801)).toMatchObject({ code: 'invalid_overlap' })
  })

  test('belongs to one owner: nobody else changes it', async () => {
    const key = await owner.createKey()
    const stranger = await engine.createUser()
    const theirs = { p_user_id: stranger, p_caller: { session_id: await engine.signIn(stranger) } }
    const missing = { ok: false, code: 'api_key_not_found' }
    expect(await engine.call('revoke_api_key', { ...theirs, p_api_key_id: key.id })).toMatchObject(missing)
    expect(
      await engine.call('set_api_key_budgets', { ...theirs, p_api_key_id: key.id, p_budget_total: 9 }),
    ).toMatchObject(missing)
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true })
  })

  test.each([
    ['a name', { p_name: ' ' }, 'name_required'],
    ['a time to come', { p_expires_at: '2020-01-01T00:00:00Z' }, 'already_expired'],
    ['addresses', { p_allowed_addresses: ['example.com'] }, 'invalid_address'],
    ['budgets of a credit or more', { p_budget_per_day: 0 }, 'invalid_amount'],
  ])('takes %s', async (_what, changes, code) => {
    expect((await owner.ask(changes)).answer).toMatchObject({ ok: false, code })
  })

  test('is one of fifty, also when several are made at once', async () => {
    const { length } = await Promise.all(times(49, () => owner.createKey()).map((make) => make()))
    expect(length).toBe(49)
    const answers = await Promise.all(times(5, () => owner.ask()).map((make) => make()))
    expect(tally(answers.map(({ answer }) => answer))).toEqual({ done: 1, too_many_keys: 4 })
  })
})
