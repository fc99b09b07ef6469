import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine, times } from './engine.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Noon in UTC, so that hours added to it stay within one day. */
const noonIn = (days: number) => {
  const noon = new Date(Date.now() + days * DAY_MS)
  noon.setUTCHours(12, 0, 0, 0)
  return noon
}

let engine: Engine
let userId: string
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.owner`delete from mails`
  await engine.owner`update credit_grants set remaining = 0`
  userId = await engine.createUser()
})

/** Credits that were given a month ago, as far as their grant is concerned. */
async function give(amount: number, expiresAt: Date, user = userId) {
  await engine.call('add_credits', {
    p_user_id: user,
    p_amount: amount,
    p_expires_at: expiresAt.toISOString(),
  })
  await engine.owner`update credit_grants set created_at = now() - interval '30 days' where user_id = ${user}`
}
const run = () => engine.call('queue_expiring_mails', {})
const mails = () =>
  engine.owner<{ data: object }[]>`select data from mails where user_id = ${userId} order by id`

test('credits are told of a week before they expire, once, however often the job runs', async () => {
  await give(30, noonIn(5))
  await give(40, noonIn(20))
  const runs = await Promise.all(times(5, run).map((act) => act()))
  expect(runs.every(({ ok }) => ok)).toBe(true)
  expect(await run()).toEqual({ ok: true, queued: 0 })
  expect((await mails()).map(({ data }) => data)).toMatchObject([{ amount: 30, credit_type: 'general' }])
})

test('what expires on one day is one mail, another day another', async () => {
  const noon = noonIn(3)
  await give(10, noon)
  await give(20, new Date(noon.getTime() + 3_600_000))
  await give(5, noonIn(4))
  await run()
  expect((await mails()).map(({ data }) => data)).toMatchObject([{ amount: 30 }, { amount: 5 }])
})

test('what is spent already is not told of', async () => {
  await give(10, noonIn(3))
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 10 })
  expect(await run()).toEqual({ ok: true, queued: 0 })
})

test('credits of a few days are told of in their second half, not when they come', async () => {
  await engine.call('add_credits', {
    p_user_id: userId,
    p_amount: 10,
    p_expires_at: noonIn(4).toISOString(),
  })
  await run()
  expect(await mails()).toHaveLength(0)
  await engine.owner`update credit_grants set created_at = now() - interval '5 days' where user_id = ${userId}`
  await run()
  expect(await mails()).toHaveLength(1)
})

test('who does not want it, or has left, keeps nobody else from being told', async () => {
  const [silent, gone] = [await engine.createUser(), await engine.createUser()]
  for (const user of [silent, gone, userId]) await give(10, noonIn(2), user)
  await engine.call('set_mail_wanted', {
    p_user_id: silent,
    p_choice: 'expiring_credits',
    p_wanted: false,
  })
  await engine.owner`update profiles set closed_at = now() where id = ${gone}`
  expect(await engine.call('queue_expiring_mails', { p_limit: 1 })).toEqual({ ok: true, queued: 1 })
  expect(await mails()).toHaveLength(1)
  expect(await run()).toEqual({ ok: true, queued: 0 })
})
