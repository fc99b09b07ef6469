import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

// What somebody may still do whose session was ended, or who was banned, while the access token is good.

let engine: Engine
let user: string
let session: string

beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  user = await engine.createUser({ balance: 10 })
  session = await engine.signIn(user)
})

type Caller = { session_id: string } | { internal: string } | Record<string, never> | null

const reserve = (p_caller: Caller) =>
  engine.call('reserve_credits', {
    p_user_id: user,
    p_action: 'tool',
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller,
  })

const asks: [string, (caller: Caller) => Promise<unknown>][] = [
  ['a run', reserve],
  [
    'a checkout, or the customer portal',
    (p_caller) => engine.call('find_customer', { p_user_id: user, p_provider: 'dodopayments', p_caller }),
  ],
  ['a change of plan', (p_caller) => engine.call('current_subscription', { p_user_id: user, p_caller })],
]

const REFUSED = { ok: false, code: 'session_ended' }

describe.each(asks)('%s', (_what, ask) => {
  test('goes on in a session that goes on', async () => {
    expect(await ask({ session_id: session })).toMatchObject({ ok: true })
  })

  test('is refused once the session was ended elsewhere', async () => {
    await engine.owner`delete from auth.sessions where id = ${session}`
    expect(await ask({ session_id: session })).toMatchObject(REFUSED)
  })

  test('is refused once the session has reached its longest age', async () => {
    await engine.owner`update auth.sessions set not_after = now() where id = ${session}`
    expect(await ask({ session_id: session })).toMatchObject(REFUSED)
  })

  test('is refused to the banned, until the ban ends', async () => {
    await engine.owner`update auth.users set banned_until = now() + interval '1 hour' where id = ${user}`
    expect(await ask({ session_id: session })).toMatchObject(REFUSED)
    await engine.owner`update auth.users set banned_until = now() where id = ${user}`
    expect(await ask({ session_id: session })).toMatchObject({ ok: true })
  })

  test("is refused in somebody else's session", async () => {
    const other = await engine.createUser()
    expect(await ask({ session_id: await engine.signIn(other) })).toMatchObject(REFUSED)
  })

  test('is refused to a call that says neither a session nor what it is for', async () => {
    expect(await ask(null)).toMatchObject(REFUSED)
    expect(await ask({})).toMatchObject(REFUSED)
    expect(await ask({ internal: '' })).toMatchObject(REFUSED)
    expect(await ask({ internal: 'a job' })).toMatchObject({ ok: true })
  })
})

test('a refused run costs nothing, not even when it repeats one that was paid', async () => {
  await engine.owner`delete from auth.sessions where id = ${session}`
  await reserve({ session_id: session })
  expect(await engine.wallet(user)).toMatchObject({ balance: 10, version: 1 })
  await engine.expectSoundLedger()
})

describe('an admin', () => {
  const adjust = () =>
    engine.call('adjust_credits', {
      p_user_id: user,
      p_amount: 5,
      p_reason: 'For a test',
      p_actor_id: user,
    })
  const isAdmin = async () => {
    const [row] = await engine.server`select is_live_admin(${user}, ${session}) as admin`
    return row?.admin
  }
  beforeEach(async () => {
    await engine.owner`insert into user_roles (user_id, role) values (${user}, 'admin')`
  })

  test('is one as long as the session goes on', async () => {
    expect(await isAdmin()).toBe(true)
    await engine.owner`delete from auth.sessions where id = ${session}`
    expect(await isAdmin()).toBe(false)
  })

  test('who is banned is none', async () => {
    expect(await adjust()).toMatchObject({ ok: true })
    await engine.owner`update auth.users set banned_until = now() + interval '1 hour' where id = ${user}`
    expect(await isAdmin()).toBe(false)
    expect(await adjust()).toMatchObject({ ok: false, code: 'forbidden' })
  })

  test("reads nobody else's rows once the session was ended", async () => {
    const other = await engine.createUser({ balance: 3 })
    const seen = () =>
      engine.owner.begin(async (sql) => {
        const claims = JSON.stringify({ sub: user, role: 'authenticated', session_id: session })
        await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
        return [...(await sql`select balance::int from credits where user_id = ${other}`)]
      })
    expect(await seen()).toEqual([{ balance: 3 }])
    await engine.owner`delete from auth.sessions where id = ${session}`
    expect(await seen()).toEqual([])
  })
})
