import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let user: string
let session: string

beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  user = await engine.createUser()
  session = await engine.signIn(user)
})

const list = async (userId = user) => {
  const rows = await engine.server`select id from list_sessions(${userId})`
  return rows.map(({ id }) => id).sort()
}
const end = (sessionId: string | null, by = session) =>
  engine.call('end_sessions', {
    p_user_id: user,
    p_caller: { session_id: by },
    p_session_id: sessionId,
  })

test('somebody sees where they are signed in, and no session that is over', async () => {
  const other = await engine.signIn(user)
  const over = await engine.signIn(user)
  await engine.owner`update auth.sessions set not_after = now() where id = ${over}`
  await engine.signIn(await engine.createUser())
  expect(await list()).toEqual([session, other].sort())
})

test('one session is ended, and asked twice nothing more happens', async () => {
  const lost = await engine.signIn(user)
  const kept = await engine.signIn(user)
  expect(await end(lost)).toEqual({ ok: true, ended: 1 })
  expect(await end(lost)).toEqual({ ok: true, ended: 0 })
  expect(await list()).toEqual([session, kept].sort())
  const noted = await engine.owner`
    select outcome, details from audit_logs where target_user_id = ${user} and action = 'session.end'`
  expect(noted).toEqual([{ outcome: 'success', details: { sessions: 1 } }])
})

test('all but the own session are ended at once', async () => {
  await engine.signIn(user)
  await engine.signIn(user)
  expect(await end(null)).toEqual({ ok: true, ended: 2 })
  expect(await list()).toEqual([session])
})

test('nobody ends a session of somebody else', async () => {
  const stranger = await engine.createUser()
  const theirs = await engine.signIn(stranger)
  expect(await end(theirs)).toEqual({ ok: true, ended: 0 })
  expect(await end(null, theirs)).toMatchObject({ ok: false, code: 'session_ended' })
  expect(await list(stranger)).toEqual([theirs])
  expect(await list()).toEqual([session])
})

test('a session that was ended ends no other', async () => {
  const other = await engine.signIn(user)
  await end(other)
  expect(await end(null, other)).toMatchObject({ ok: false, code: 'session_ended' })
  expect(await list()).toEqual([session])
})
