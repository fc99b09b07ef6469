import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let userId: string
let sessionId: string
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterAll(() => engine.close())
beforeEach(async () => {
  userId = await engine.createUser({ balance: 100 })
  sessionId = await engine.signIn(userId)
})

const POEM = { topic: 'the sea', lines: 4 }

/** Starts a run of four credits; gives its id and that of its hold. */
async function start(run: object = {}) {
  const { transaction_id: hold = 0 } = await engine.call('reserve_credits', {
    p_user_id: userId,
    p_action: 'poem',
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller: { session_id: sessionId },
    p_input: { topic: 'the sea' },
    p_run: { full_input: POEM, ...run },
  })
  const [row] = await engine.owner<{ id: number }[]>`
    select run_id::int as id from credit_holds where transaction_id = ${hold}`
  return { id: row?.id ?? 0, hold }
}

const settle = (hold: number) =>
  engine.call('settle_hold', {
    p_transaction_id: hold,
    p_response: { status: 200, body: { poem: 'Waves.' } },
  })

const change = (name: string, id: number, caller: object = { session_id: sessionId }) =>
  engine.call(name, { p_user_id: userId, p_caller: caller, p_run_id: id })

async function readRun(id: number) {
  const [run] = await engine.owner`
    select status, source, input, full_input, stored_response, charged::int, deleted_at is not null as is_deleted
    from runs where id = ${id}`
  return run
}

test('a run keeps what was asked as it was sent, and by what it came', async () => {
  expect(await readRun((await start()).id)).toMatchObject({ source: 'page', full_input: POEM })
  expect(await readRun((await start({ source: 'mcp' })).id)).toMatchObject({ source: 'mcp' })
})

test('a deleted run keeps nothing but what it cost', async () => {
  const { id, hold } = await start()
  await settle(hold)
  expect(await change('delete_run', id)).toMatchObject({ ok: true, replayed: false })
  expect(await change('delete_run', id)).toMatchObject({ ok: true, replayed: true })
  expect(await readRun(id)).toEqual({
    ...{ status: 'succeeded', source: 'page', charged: 4, is_deleted: true },
    ...{ input: null, full_input: null, stored_response: null },
  })
  await engine.expectSoundLedger()
})

test('a run that goes on is not deleted, nor one of somebody else, nor by a session that has ended', async () => {
  const { id, hold } = await start()
  expect(await change('delete_run', id)).toMatchObject({ ok: false, code: 'run_in_flight' })
  await settle(hold)
  const stranger = await engine.createUser()
  const session = await engine.signIn(stranger)
  const theirs = { p_user_id: stranger, p_caller: { session_id: session }, p_run_id: id }
  expect(await engine.call('delete_run', theirs)).toMatchObject({ ok: false, code: 'run_not_found' })
  expect(await engine.call('cancel_run', theirs)).toMatchObject({ ok: false, code: 'run_not_found' })
  await engine.owner`delete from auth.sessions where id = ${sessionId}`
  expect(await change('delete_run', id)).toMatchObject({ ok: false, code: 'session_ended' })
  expect(await readRun(id)).toMatchObject({ is_deleted: false, full_input: POEM })
})

test('what is kept of a run goes when the retention of its tool is over, and not before', async () => {
  const [short, long] = [await start({ retention_seconds: 0 }), await start({ retention_seconds: 3_600 })]
  await settle(short.hold)
  await settle(long.hold)
  await engine.call('purge_stored_responses', {})
  expect(await readRun(short.id)).toMatchObject({ input: null, full_input: null, stored_response: null })
  expect(await readRun(long.id)).toMatchObject({ full_input: POEM, stored_response: { status: 200 } })
})

test('what is kept of runs is in the export, and gone with the account', async () => {
  const { id, hold } = await start()
  await settle(hold)
  const own = { p_user_id: userId, p_caller: { session_id: sessionId } }
  expect(await engine.call('export_account', own)).toMatchObject({ runs: [{ id, full_input: POEM }] })
  const closing = { ...own, p_actor_id: userId, p_confirmation: `${userId}@example.com` }
  expect(await engine.call('close_account', closing)).toMatchObject({ ok: true })
  expect(await readRun(id)).toMatchObject({
    input: null,
    full_input: null,
    stored_response: null,
    charged: 4,
  })
})
