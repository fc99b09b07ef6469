import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let admin: string
let session: string
let user: string
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  admin = await engine.createAdmin()
  session = await engine.signIn(admin)
  user = await engine.createUser({ balance: 10 })
})

type View = { of?: string; by?: string; from?: string; reason?: string }

const begin = ({ of = user, by = admin, from = session, reason = 'Ticket 12' }: View = {}) =>
  engine.call('begin_account_view', {
    p_user_id: of,
    p_reason: reason,
    p_actor_id: by,
    p_session_id: from,
  })
const endOf = async ({ of = user, by = admin, from = session }: View = {}): Promise<Date | null> => {
  const [row] = await engine.owner<
    { ends_at: Date | null }[]
  >`select read_account_view(${of}, ${by}, ${from}) as ends_at`
  return row?.ends_at ?? null
}
const trail = () => engine.owner<{ actor_id: string; outcome: string; reason: string }[]>`
  select actor_id, outcome, reason from audit_logs
  where action = 'account.view' and target_user_id = ${user} order by id`

test('a view lasts half an hour, and the audit log says who looked at whom, and why', async () => {
  expect(await endOf()).toBeNull()
  expect(await begin()).toMatchObject({ ok: true })
  const minutesLeft = (Number(await endOf()) - Date.now()) / 60_000
  expect(minutesLeft).toBeGreaterThan(29)
  expect(minutesLeft).toBeLessThanOrEqual(30.1)
  expect([...(await trail())]).toEqual([{ actor_id: admin, outcome: 'success', reason: 'Ticket 12' }])
})

test('a view that is begun again goes on for longer, and is in the audit log again', async () => {
  await begin()
  await engine.owner`update private.account_views set ends_at = clock_timestamp() + interval '1 second' where user_id = ${user}`
  await begin({ reason: 'Ticket 12, once more' })
  expect(Number(await endOf())).toBeGreaterThan(Date.now() + 60_000)
  expect(await trail()).toHaveLength(2)
})

test('a view ends with its time, and the next one clears it away', async () => {
  await begin()
  await engine.owner`update private.account_views set ends_at = clock_timestamp() where user_id = ${user}`
  expect(await endOf()).toBeNull()
  await begin({ of: await engine.createUser() })
  expect(await engine.owner`select from private.account_views where user_id = ${user}`).toHaveLength(0)
})

test('a view is of one user, from one session of one admin', async () => {
  await begin()
  const other = await engine.createAdmin()
  expect(await endOf({ of: await engine.createUser() })).toBeNull()
  expect(await endOf({ from: await engine.signIn(admin) })).toBeNull()
  expect(await endOf({ by: other })).toBeNull()
  expect(await endOf({ by: other, from: await engine.signIn(other) })).toBeNull()
})

test.each<[string, () => Promise<unknown>]>([
  ['is stopped', () => engine.call('end_account_view', { p_user_id: user, p_session_id: session })],
  ['signs out', () => engine.owner`delete from auth.sessions where id = ${session}`],
  ['loses the role', () => engine.owner`delete from user_roles where user_id = ${admin}`],
  ['is banned', () => engine.owner`update auth.users set banned_until = '2099-01-01' where id = ${admin}`],
])('a view is over at once when the admin %s', async (_, happen) => {
  await begin()
  expect(await endOf()).not.toBeNull()
  await happen()
  expect(await endOf()).toBeNull()
})

test.each<[string, () => Promise<unknown>]>([
  ['becomes an admin', () => engine.owner`insert into user_roles (user_id, role) values (${user}, 'admin')`],
  ['closes the account', () => engine.owner`update profiles set closed_at = now() where id = ${user}`],
])('a view is over at once when the user %s', async (_, happen) => {
  await begin()
  await happen()
  expect(await endOf()).toBeNull()
})

test.each<[string, () => Promise<View>]>([
  ['forbidden', async () => ({ by: user, from: await engine.signIn(user) })],
  ['reason_required', async () => ({ reason: ' ' })],
  ['session_ended', async () => ({ from: crypto.randomUUID() })],
  ['session_ended', async () => ({ from: await engine.signIn(await engine.createAdmin()) })],
  ['account_of_admin', async () => ({ of: admin })],
  ['account_of_admin', async () => ({ of: await engine.createAdmin() })],
  ['user_not_found', async () => ({ of: crypto.randomUUID() })],
])('a view is refused with %s (%#), and nothing begins', async (code, view) => {
  const asked = await view()
  expect(await begin(asked)).toMatchObject({ ok: false, code })
  expect(await endOf(asked)).toBeNull()
  expect(await engine.owner`select from private.account_views where session_id = ${session}`).toHaveLength(0)
})
