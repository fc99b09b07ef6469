import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let admin: string
let users: string[]
let id: string
beforeAll(async () => {
  engine = await openEngine()
  admin = await engine.createAdmin()
})
afterAll(() => engine.close())
beforeEach(async () => {
  id = randomUUID()
  users = await Promise.all(Array.from({ length: 6 }, () => engine.createUser({ balance: 1 })))
  return () => engine.expectSoundLedger()
})

const prepare = (more: Record<string, string | number | object | null>) =>
  engine.call('prepare_gift_batch', {
    ...{ p_id: id, p_actor_id: admin, p_reason: 'For the outage', p_credit_type: 'general' },
    ...more,
  })
const toRows = (amount = 5) => users.map((user) => ({ user, amount }))
const run = (p_limit = 200, p_actor_id = admin) =>
  engine.call('run_gift_batch', { p_id: id, p_actor_id, p_limit })
const balances = () => Promise.all(users.map(async (user) => (await engine.wallet(user)).balance))

describe('a batch', () => {
  test('says who gets what before anybody gets anything', async () => {
    const [first = '', second = ''] = users
    const rows = [
      { user: first.toUpperCase(), amount: 5 },
      { user: ` ${second}@EXAMPLE.com`, amount: 7 },
      { user: 'nobody@example.com', amount: 9 },
    ]
    expect(await prepare({ p_rows: rows })).toMatchObject({
      ...{ ok: true, users: 2, total: 12, waiting: 2, unknown: 1, unknown_sample: ['nobody@example.com'] },
      sample: [
        { email: `${second}@example.com`, amount: 7 },
        { email: `${first}@example.com`, amount: 5 },
      ],
    })
    expect(await balances()).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('that broke off goes on where it was, and gives nobody twice', async () => {
    await prepare({ p_rows: toRows() })
    expect(await run(2)).toMatchObject({ given: 2, waiting: 4 })
    const other = await engine.createAdmin()
    await Promise.all([run(2), run(2, other), run(2)])
    expect(await run()).toMatchObject({ given: 6, waiting: 0, refused: 0 })
    expect(await run()).toMatchObject({ given: 6, waiting: 0 })
    expect(await balances()).toEqual([6, 6, 6, 6, 6, 6])
    const noted = await engine.owner`
      select from audit_logs where action = 'credits.give' and outcome = 'success' and target_user_id = any(${users})`
    expect(noted).toHaveLength(6)
    await engine.owner`delete from user_roles where user_id = ${other}`
  })

  test('goes to everybody that a filter leaves, and to no closed account', async () => {
    const [first = '', second = ''] = users
    await engine.owner`update profiles set membership_tier = 'pro' where id in (${first}, ${second})`
    await engine.owner`update profiles set closed_at = now() where id = ${second}`
    expect(await prepare({ p_filter: { tier: 'pro', credit_type: 'general' }, p_amount: 3 })).toMatchObject({
      users: 1,
      total: 3,
    })
    await run()
    expect(await balances()).toEqual([4, 1, 1, 1, 1, 1])
    await engine.owner`update profiles set membership_tier = null, closed_at = null`
  })

  test('notes who could not be given anything, and goes on', async () => {
    await prepare({ p_rows: toRows() })
    await engine.owner`update profiles set closed_at = now() where id = ${users[0] ?? ''}`
    expect(await run()).toMatchObject({ given: 5, refused: 1, waiting: 0 })
    await engine.owner`update profiles set closed_at = null`
  })
})

test.each([
  ['duplicate_user', () => ({ p_rows: [...toRows(), { user: `${users[0]}@example.com`, amount: 1 }] })],
  [
    'too_many_users',
    () => ({ p_rows: Array.from({ length: 5_001 }, (_, i) => ({ user: `u${i}`, amount: 1 })) }),
  ],
  ['invalid_amount', () => ({ p_filter: {}, p_amount: 0 })],
  ['already_expired', () => ({ p_rows: toRows(), p_expires_at: '2020-01-01T00:00:00Z' })],
  ['unknown_credit_type', () => ({ p_rows: toRows(), p_credit_type: 'gold' })],
  ['reason_required', () => ({ p_rows: toRows(), p_reason: '' })],
  ['forbidden', () => ({ p_rows: toRows(), p_actor_id: users[0] ?? '' })],
])('is refused with %s, and nothing is written down', async (code, more) => {
  expect(await prepare(more())).toMatchObject({ ok: false, code })
  expect(await engine.owner`select from gift_batches where id = ${id}`).toHaveLength(0)
})

test('is run by an admin alone, and there must be one', async () => {
  expect(await run()).toMatchObject({ code: 'batch_not_found' })
  await prepare({ p_rows: toRows() })
  expect(await run(200, users[0])).toMatchObject({ code: 'forbidden' })
  expect(await balances()).toEqual([1, 1, 1, 1, 1, 1])
})
