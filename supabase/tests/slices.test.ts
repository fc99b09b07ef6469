import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine, tally, times } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 12 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

async function reserve(userId: string, price: number, holdMs = 60_000): Promise<number> {
  const args = {
    p_user_id: userId,
    p_action: 'poem',
    p_prices: { default: price },
    p_hold_ms: holdMs,
    p_caller: { internal: 'test' },
  }
  const { transaction_id: id = 0 } = await engine.call('reserve_credits', args)
  return id
}
const extend = (id: number, total: number) =>
  engine.call('extend_hold', { p_transaction_id: id, p_total: total })
const settle = (id: number, amount: number, status = 'succeeded') =>
  engine.call('settle_hold', { p_transaction_id: id, p_amount: amount, p_run_status: status })
const release = (id: number) => engine.call('release_hold', { p_transaction_id: id })

async function runOf(id: number) {
  const [run] = await engine.owner`
    select r.status, r.charged::int, r.tool, r.source
    from runs r join credit_holds h on h.run_id = r.id where h.transaction_id = ${id}`
  return run
}

test('a run begins with its reservation and ends with it: what it cost stands beside how it ended', async () => {
  const userId = await engine.createUser({ balance: 20 })
  const [kept, failed, left, died] = [
    await reserve(userId, 4),
    await reserve(userId, 4),
    await reserve(userId, 4),
    await reserve(userId, 4, 0),
  ]
  expect(await runOf(kept)).toEqual({ status: 'running', charged: 0, tool: 'poem', source: 'page' })
  await settle(kept, 3)
  await release(failed)
  await settle(left, 2, 'aborted')
  await engine.call('release_expired_holds', {})
  const ends = await Promise.all([kept, failed, left, died].map(runOf))
  expect(ends.map((run) => `${run?.status} ${run?.charged}`)).toEqual([
    'succeeded 3',
    'failed 0',
    'aborted 2',
    'expired 0',
  ])
})

test('slices are held before they are used, and what was not used of the last one comes back', async () => {
  const userId = await engine.createUser({ balance: 100 })
  const id = await reserve(userId, 10)
  expect(await extend(id, 20)).toMatchObject({ ok: true, held: 20, balance: 80, replayed: false })
  expect(await extend(id, 30)).toMatchObject({ ok: true, held: 30, balance: 70 })
  expect(await settle(id, 25)).toMatchObject({ ok: true, balance: 75 })
  expect(await engine.ledger(userId)).toEqual([
    'purchase 100',
    'deduction -10',
    'deduction -10',
    'deduction -10',
    'refund 5',
  ])
  expect(await runOf(id)).toMatchObject({ status: 'succeeded', charged: 25 })
  expect(await settle(id, 25)).toMatchObject({ ok: true, replayed: true })
  expect(await settle(id, 24)).toMatchObject({ ok: false, code: 'hold_closed' })
})

test('all slices come back when the run fails, and when its server dies', async () => {
  for (const end of [release, expire]) {
    const userId = await engine.createUser({ balance: 30 })
    const id = await reserve(userId, 10)
    await extend(id, 25)
    await end(id)
    expect((await engine.wallet(userId)).balance).toBe(30)
    expect(await runOf(id)).toMatchObject({ charged: 0 })
  }
})

async function expire(id: number): Promise<void> {
  await engine.owner`
    update credit_holds set expires_at = clock_timestamp()
    where run_id = (select run_id from credit_holds where transaction_id = ${id})`
  await engine.call('release_expired_holds', {})
}

test('a slice that the balance cannot pay is refused, and the run keeps what it holds', async () => {
  const userId = await engine.createUser({ balance: 15 })
  const id = await reserve(userId, 10)
  expect(await extend(id, 20)).toMatchObject({
    ...{ ok: false, code: 'insufficient_credits', balance: 5, required: 10, shortfall: 5 },
  })
  expect((await engine.wallet(userId)).balance).toBe(5)
  expect(await settle(id, 10, 'aborted')).toMatchObject({ ok: true, balance: 5 })
})

test('a slice may be paid with what a dead run of the same wallet held', async () => {
  const userId = await engine.createUser({ balance: 20 })
  await reserve(userId, 10, 0)
  const id = await reserve(userId, 10)
  expect(await extend(id, 20)).toMatchObject({ ok: true, balance: 0 })
  expect(await engine.ledger(userId)).toContain('refund 10')
})

test('one slice asked for many times at once is paid once', async () => {
  const userId = await engine.createUser({ balance: 100 })
  const id = await reserve(userId, 10)
  const answers = await engine.atOnce(
    userId,
    times(10, () => extend(id, 20)),
  )
  expect(tally(answers)).toEqual({ done: 1, replayed: 9 })
  expect((await engine.wallet(userId)).balance).toBe(80)
})

test('a slice and the end of the run at once: it is held and given back, or refused', async () => {
  for (let round = 0; round < 5; round++) {
    const userId = await engine.createUser({ balance: 50 })
    const id = await reserve(userId, 10)
    await engine.atOnce<unknown>(userId, [() => extend(id, 20), () => release(id), () => extend(id, 30)])
    expect((await engine.wallet(userId)).balance).toBe(50)
  }
})

test('a run that has ended, is overdue or does not exist holds no more', async () => {
  const userId = await engine.createUser({ balance: 50 })
  const [ended, overdue] = [await reserve(userId, 10), await reserve(userId, 10, 0)]
  await release(ended)
  expect(await extend(ended, 20)).toMatchObject({ ok: false, code: 'hold_closed' })
  expect(await extend(overdue, 20)).toMatchObject({ ok: false, code: 'hold_closed' })
  expect(await extend(0, 20)).toMatchObject({ ok: false, code: 'hold_not_found' })
  expect(await extend(await reserve(userId, 1), -1)).toMatchObject({ ok: false, code: 'invalid_amount' })
})

test('what a run was asked and answered is deleted once it is old; that it was, stays', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const args = {
    p_user_id: userId,
    p_action: 'poem',
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller: { internal: 'test' },
  }
  const { transaction_id: id = 0 } = await engine.call('reserve_credits', {
    ...args,
    p_input: { topic: 'sea' },
  })
  await engine.call('settle_hold', { p_transaction_id: id, p_response: { status: 200, body: {} } })
  const kept = () => engine.owner`select input, stored_response, status from runs where user_id = ${userId}`
  await engine.call('purge_stored_responses', {})
  expect(await kept()).toMatchObject([{ input: { topic: 'sea' }, stored_response: { status: 200 } }])
  await engine.owner`update runs set purge_at = now(), earliest_purge_at = now() where user_id = ${userId}`
  await engine.call('purge_stored_responses', {})
  expect([...(await kept())]).toEqual([{ input: null, stored_response: null, status: 'succeeded' }])
})

const slot = fc.nat({ max: 2 })
const step = fc.oneof(
  fc.record({ act: fc.constant('reserve' as const), run: slot, credits: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ act: fc.constant('extend' as const), run: slot, credits: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ act: fc.constant('settle' as const), run: slot, credits: fc.nat({ max: 40 }) }),
  fc.record({ act: fc.constant('release' as const), run: slot, credits: fc.constant(0) }),
)

test('whatever order runs begin, grow and end in, the wallet has what they do not hold and did not keep', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const userId = await engine.createUser({ balance: 30 })
      const soon = new Date(Date.now() + 3_600_000)
      await engine.call('add_credits', { p_user_id: userId, p_amount: 15, p_expires_at: soon })
      const runs: ({ id: number; held: number } | undefined)[] = []
      let kept = 0
      for (const { act, run: slot, credits } of steps) {
        const run = runs[slot]
        const held = runs.reduce((sum, other) => sum + (other?.held ?? 0), 0)
        const free = 45 - kept - held
        if (act === 'reserve' && !run) {
          const id = await reserve(userId, credits)
          expect(id > 0).toBe(credits <= free)
          if (id > 0) runs[slot] = { id, held: credits }
        } else if (act === 'extend' && run) {
          const { ok } = await extend(run.id, credits)
          expect(ok).toBe(credits - run.held <= free)
          if (ok) run.held = Math.max(run.held, credits)
        } else if (act === 'settle' && run) {
          const { ok } = await settle(run.id, credits)
          expect(ok).toBe(credits <= run.held)
          if (ok) {
            kept += credits
            runs[slot] = undefined
          }
        } else if (act === 'release' && run) {
          await release(run.id)
          runs[slot] = undefined
        }
        const holds = runs.reduce((sum, other) => sum + (other?.held ?? 0), 0)
        expect((await engine.wallet(userId)).balance).toBe(45 - kept - holds)
      }
      await engine.expectSoundLedger()
    }),
    { numRuns: 40, seed: 7 },
  )
})
