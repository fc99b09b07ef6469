import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let admin: string
let user: string
beforeAll(async () => {
  engine = await openEngine()
  admin = await engine.createAdmin()
})
afterAll(() => engine.close())
beforeEach(async () => {
  user = await engine.createUser({ balance: 10 })
  return () => engine.expectSoundLedger()
})

const act = (name: string, by: { actor?: string; on?: string; reason?: string } = {}) =>
  engine.call(name, {
    p_user_id: by.on ?? user,
    p_reason: by.reason ?? 'A good reason',
    p_actor_id: by.actor ?? admin,
  })
const give = (more: Record<string, string | number | null> = {}) =>
  engine.call('give_credits', {
    ...{
      p_user_id: user,
      p_amount: 25,
      p_reason: 'For the outage',
      p_actor_id: admin,
      p_idempotency_key: 'gift-1',
    },
    ...more,
  })
const trail = (of = user) => engine.owner<
  { action: string; outcome: string; actor_id: string; reason: string }[]
>`
  select action, outcome, actor_id, reason from audit_trail where target_user_id = ${of} and actor_id is not null
  order by created_at`
const isAdmin = async (id: string) =>
  (await engine.owner`select from user_roles where user_id = ${id}`).length === 1

describe('credits that an admin gives', () => {
  test('arrive once, as a gift with an end, in the audit trail with who and why', async () => {
    const p_expires_at = new Date(Date.now() + 86_400_000).toISOString()
    const results = await engine.atOnce(
      user,
      Array.from({ length: 4 }, () => () => give({ p_expires_at })),
    )
    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await engine.wallet(user)).toMatchObject({ balance: 35, total_purchased: 10 })
    expect(
      await engine.owner`select remaining::int from credit_grants where user_id = ${user}`,
    ).toMatchObject([{ remaining: 25 }])
    expect([...(await trail())]).toEqual([
      { action: 'credits.give', outcome: 'success', actor_id: admin, reason: 'For the outage' },
    ])
  })

  test.each([
    [{ p_amount: 0 }, 'invalid_amount'],
    [{ p_amount: -5 }, 'invalid_amount'],
    [{ p_reason: ' ' }, 'reason_required'],
    [{ p_expires_at: '2020-01-01T00:00:00Z' }, 'already_expired'],
    [{ p_credit_type: 'gold' }, 'unknown_credit_type'],
  ])('are refused with %o', async (wrong, code) => {
    expect(await give(wrong)).toMatchObject({ ok: false, code })
    expect((await engine.wallet(user)).balance).toBe(10)
  })

  test('come from an admin alone', async () => {
    expect(await give({ p_actor_id: user })).toMatchObject({ code: 'forbidden' })
    expect((await engine.wallet(user)).balance).toBe(10)
  })
})

describe('a ban', () => {
  test('ends every session, and holds until it is lifted', async () => {
    const session = await engine.signIn(user)
    const isLive = async (id: string) => {
      const [row] = await engine.owner<
        { live: boolean }[]
      >`select private.is_live_session(${user}, ${id}) as live`
      return row?.live
    }
    expect(await isLive(session)).toBe(true)
    expect(await act('ban_user')).toMatchObject({ ok: true, replayed: false })
    expect(await act('ban_user')).toMatchObject({ ok: true, replayed: true })
    expect(await isLive(session)).toBe(false)
    expect(await isLive(await engine.signIn(user))).toBe(false)
    expect(await act('unban_user')).toMatchObject({ ok: true, replayed: false })
    expect(await isLive(await engine.signIn(user))).toBe(true)
    expect((await trail()).map(({ action }) => action)).toEqual(['account.ban', 'account.unban'])
    expect((await engine.wallet(user)).balance).toBe(10)
  })

  test('never meets an admin', async () => {
    const other = await engine.createAdmin()
    expect(await act('ban_user', { on: other })).toMatchObject({ code: 'account_of_admin' })
    expect(await act('ban_user', { on: admin })).toMatchObject({ code: 'account_of_admin' })
    await act('dismiss_admin', { on: other })
  })
})

test('signing somebody out ends their sessions and nothing else', async () => {
  await engine.signIn(user)
  await engine.signIn(user)
  expect(await act('sign_out_user')).toMatchObject({ ok: true, ended: 2 })
  expect(await engine.owner`select from auth.sessions where user_id = ${user}`).toHaveLength(0)
  expect((await trail()).map(({ action }) => action)).toEqual(['session.end_all'])
})

describe('the role of an admin', () => {
  test('is given and taken', async () => {
    expect(await act('appoint_admin')).toMatchObject({ ok: true, replayed: false })
    expect(await act('appoint_admin')).toMatchObject({ ok: true, replayed: true })
    expect(await isAdmin(user)).toBe(true)
    expect(await act('dismiss_admin')).toMatchObject({ ok: true, replayed: false })
    expect(await isAdmin(user)).toBe(false)
    expect((await trail()).map(({ action }) => action)).toEqual(['role.give', 'role.take'])
  })

  test('stays with the last admin, also when two dismiss each other at once', async () => {
    await engine.owner`delete from user_roles where user_id <> ${admin}`
    expect(await act('dismiss_admin', { on: admin })).toMatchObject({ code: 'last_admin' })
    const other = await engine.createAdmin()
    const { second } = await engine.owner.begin(async (sql) => {
      await sql`select dismiss_admin(${other}, 'A good reason', ${admin})`
      const second = act('dismiss_admin', { on: admin, actor: other })
      const isWaiting = async () => {
        const blocked = await engine.owner`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        expect(blocked).toHaveLength(1)
      }
      await Promise.race([second, vi.waitFor(isWaiting, { timeout: 15_000, interval: 20 })])
      return { second }
    })
    expect(await second).toMatchObject({ ok: false })
    expect([...(await engine.owner`select user_id from user_roles`)]).toEqual([{ user_id: admin }])
  })

  test('a banned admin does not count as another', async () => {
    await engine.owner`delete from user_roles where user_id <> ${admin}`
    const banned = await engine.createAdmin()
    await engine.owner`update auth.users set banned_until = now() + interval '1 day' where id = ${banned}`
    expect(await act('dismiss_admin', { on: admin })).toMatchObject({ code: 'last_admin' })
    await engine.owner`delete from user_roles where user_id = ${banned}`
  })

  test('is not for who is banned', async () => {
    await act('ban_user')
    expect(await act('appoint_admin')).toMatchObject({ code: 'account_banned' })
  })
})

test.each(['ban_user', 'unban_user', 'sign_out_user', 'appoint_admin', 'dismiss_admin'])(
  '%s takes an admin, a reason, and an open account',
  async (name) => {
    expect(await act(name, { actor: user })).toMatchObject({ code: 'forbidden' })
    expect(await act(name, { reason: 'x' })).toMatchObject({ code: 'reason_required' })
    expect(await act(name, { on: crypto.randomUUID() })).toMatchObject({ code: 'user_not_found' })
    await engine.owner`update profiles set closed_at = now() where id = ${user}`
    expect(await act(name)).toMatchObject({ code: 'account_closed' })
    expect((await trail()).every(({ outcome }) => outcome === 'failure')).toBe(true)
  },
)
