import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { RunWorker } from '../../lib/tool-runner/background/run-worker.ts'
import { workRun } from '../../lib/tool-runner/background/work-run.ts'
import { serveTool } from '../../lib/tool-runner/credit-route.ts'
import { openApp } from './app.ts'
import { type CountTool, counting, PRICE } from './background-tools.ts'
import { type Engine, times } from './engine.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

let app: Engine
let user: { id: string; email: string; internal: string }
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
afterEach(() => app.expectSoundLedger())
beforeEach(async () => {
  // What earlier tests left waiting is nobody's here.
  await app.owner`update credit_holds set expires_at = clock_timestamp() where status = 'open'`
  await app.call('release_expired_holds', {})
  user = await createUser()
})

const createUser = async () => ({
  ...{ id: await app.createUser({ balance: 100 }), email: 'somebody@example.com', internal: 'test' },
})

/** Asks for a run, as its page does. */
async function ask(tool: CountTool, input: object, { key = 'first', by = user } = {}) {
  const request = new Request('https://app.example/api/tools/count', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(input),
  })
  const answer = await serveTool(tool, { request, user: by })
  if (!(answer instanceof Response)) throw new Error('It was run at once.')
  return { status: answer.status, body: await answer.json() }
}

const workOn = (tool: CountTool) => new RunWorker(async () => (claimed) => workRun(tool, claimed))

async function readRuns() {
  const rows = await app.owner`
    select status, charged::int, stored_response -> 'body' as body from runs where user_id = ${user.id} order by id`
  return [...rows]
}

type Claimed = { claim: { run_id: number; lease: string; transaction_id: number; held: number } | null }

/** Takes a run off the queue as a worker that is never heard of again. */
async function claim({ leaseMs = 60_000, perUser = 10, inAll = 10 } = {}): Promise<Claimed['claim']> {
  const [row] = await app.server<{ answer: Claimed }[]>`
    select claim_run(${leaseMs}, ${perUser}, ${inAll}) as answer`
  return row?.answer.claim ?? null
}

const passLease = () =>
  app.owner`update private.queued_runs set due_at = clock_timestamp() where lease is not null`

const cancel = async (runId: number) =>
  app.call('cancel_run', { p_user_id: user.id, p_caller: { internal: 'test' }, p_run_id: runId })

describe('a run in the background', () => {
  test('is answered at once, worked on later, and paid when it is done', async () => {
    const asked = await ask(counting(), { steps: 3 })
    expect(asked).toMatchObject({
      status: 202,
      body: { status: 'queued', creditsHeld: PRICE, newBalance: 97, runId: expect.any(Number) },
    })
    expect(await readRuns()).toMatchObject([{ status: 'queued', charged: 0 }])
    expect(await workOn(counting()).drain()).toBe(1)
    expect(await readRuns()).toMatchObject([
      { status: 'succeeded', charged: 3, body: { counted: 3, creditsUsed: 3 } },
    ])
  })

  test('asked for again is the same one while it waits, and its answer when it has ended', async () => {
    const asked = await ask(counting(), { steps: 1 })
    expect(await ask(counting(), { steps: 1 })).toMatchObject({
      status: 202,
      body: { runId: asked.body.runId },
    })
    await workOn(counting()).drain()
    expect(await ask(counting(), { steps: 1 })).toMatchObject({ status: 200, body: { counted: 1 } })
    expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -3'])
  })

  test('tells how far it has come while it goes on', async () => {
    await ask(counting(), { steps: 30, stepMs: 50 })
    const working = workOn(counting()).drain()
    await vi.waitFor(
      async () => {
        const [run] = await app.owner`select progress from runs where user_id = ${user.id}`
        expect(run?.progress).toMatchObject({ total: 30, message: expect.stringMatching(/^step \d+$/) })
      },
      { timeout: 15_000 },
    )
    await working
    expect(await readRuns()).toMatchObject([{ status: 'succeeded' }])
  })

  test('is given back when nobody takes it for an hour', async () => {
    await ask(counting(), { steps: 1 })
    const [hold] = await app.owner`
      select round(extract(epoch from expires_at - created_at))::int as seconds from credit_holds where user_id = ${user.id}`
    expect(hold).toEqual({ seconds: 3600 })
    await app.owner`update credit_holds set expires_at = clock_timestamp() where user_id = ${user.id}`
    await app.call('release_expired_holds', {})
    expect(await readRuns()).toMatchObject([{ status: 'expired', charged: 0 }])
    expect(await claim()).toBeNull()
  })

  test('is given back when its tool has gone, or takes other input by now', async () => {
    await ask(counting(), { steps: 1 }, { key: 'gone' })
    await new RunWorker(async () => undefined).drain()
    await ask(counting(), { steps: 1 }, { key: 'changed' })
    await app.owner`update runs set full_input = '{"size": 1}' where user_id = ${user.id}`
    await workOn(counting()).drain()
    expect(await readRuns()).toMatchObject([
      { status: 'failed', charged: 0, body: { error: 'tool_changed' } },
      { status: 'failed', charged: 0, body: { error: 'tool_changed' } },
    ])
  })

  test('of an input that cannot be kept is refused before it costs anything', async () => {
    await expect(ask(counting(), { steps: 1, note: 'x'.repeat(129_000) })).rejects.toMatchObject({
      status: 413,
    })
    expect(await readRuns()).toEqual([])
  })
})

describe('a run that fails', () => {
  test('is tried no more often than its tool says, and then given back', async () => {
    const tool = counting({ background: { retries: 2 } })
    await ask(tool, { steps: 1, fails: true })
    for (const attempt of [1, 2, 3]) {
      expect(await workOn(tool).drain(), `attempt ${attempt}`).toBe(1)
      expect(await workOn(tool).drain(), 'not before its pause is over').toBe(0)
      await app.owner`update private.queued_runs set due_at = clock_timestamp()`
    }
    expect(await workOn(tool).drain()).toBe(0)
    expect(await readRuns()).toMatchObject([{ status: 'failed', charged: 0, body: { error: 'tool_failed' } }])
  })

  test('is not tried again when its tool says nothing of it', async () => {
    await ask(counting(), { steps: 1, fails: true })
    await workOn(counting()).drain()
    expect(await readRuns()).toMatchObject([{ status: 'failed' }])
  })
})

describe('a worker that dies', () => {
  test('loses its run to the next one where the tool says so, and can do nothing to it any more', async () => {
    await ask(counting({ background: { retries: 1 } }), { steps: 1 })
    const dead = await claim()
    expect(await claim()).toBeNull()
    await passLease()
    const next = await claim()
    expect(next?.run_id).toBe(dead?.run_id)
    const hold = { p_transaction_id: dead?.transaction_id ?? 0, p_lease: dead?.lease ?? '' }
    expect(await app.call('settle_hold', hold)).toMatchObject({ ok: false, code: 'run_taken_over' })
    expect(await app.call('release_hold', hold)).toMatchObject({ ok: false, code: 'run_taken_over' })
    expect(await app.call('extend_hold', { ...hold, p_total: 5 })).toMatchObject({ code: 'run_taken_over' })
    const report = { p_run_id: dead?.run_id ?? 0, p_lease: dead?.lease ?? '', p_lease_ms: 60_000 }
    expect(await app.call('report_run', report)).toMatchObject({ is_lost: true })
    const own = { p_transaction_id: next?.transaction_id ?? 0, p_lease: next?.lease ?? '' }
    expect(await app.call('settle_hold', own)).toMatchObject({ ok: true, status: 'settled' })
  })

  test('loses its run to nobody otherwise: it is given back, once', async () => {
    await ask(counting(), { steps: 1 })
    await claim({ leaseMs: 0 })
    await Promise.all([claim(), app.call('release_expired_holds', {}), claim()])
    expect(await readRuns()).toMatchObject([{ status: 'expired', charged: 0 }])
    expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -3', 'refund 3'])
  })

  test('keeps its run, and the credits that it holds, for as long as it is heard of', async () => {
    await ask(counting(), { steps: 1 })
    const claimed = await claim({ leaseMs: 1_000 })
    const report = { p_run_id: claimed?.run_id ?? 0, p_lease: claimed?.lease ?? '', p_lease_ms: 90_000 }
    expect(await app.call('report_run', report)).toMatchObject({ is_lost: false })
    const [hold] = await app.owner`
      select expires_at > clock_timestamp() + interval '80 seconds' as is_kept from credit_holds where user_id = ${user.id}`
    expect(hold).toEqual({ is_kept: true })
  })
})

describe('many workers at once', () => {
  test('never run one run twice, nor more of a user or in all than is allowed', async () => {
    const other = await createUser()
    for (const key of ['a', 'b', 'c', 'd']) {
      await ask(counting(), { steps: 1 }, { key })
      await ask(counting(), { steps: 1 }, { key, by: other })
    }
    const claims = await Promise.all(times(12, () => claim({ perUser: 2, inAll: 3 })).map((act) => act()))
    const taken = claims.filter((claimed) => claimed !== null)
    expect(new Set(taken.map(({ run_id }) => run_id)).size).toBe(3)
    expect(taken).toHaveLength(3)
    const more = await Promise.all(times(12, () => claim({ perUser: 2 })).map((act) => act()))
    expect(more.filter((claimed) => claimed !== null)).toHaveLength(1)
  })
})

describe('a run can be canceled', () => {
  test('while it waits: it ends at once, for nothing', async () => {
    const { body } = await ask(counting(), { steps: 1 })
    expect(await cancel(body.runId)).toMatchObject({ ok: true, status: 'aborted' })
    expect(await workOn(counting()).drain()).toBe(0)
    expect(await readRuns()).toMatchObject([
      { status: 'aborted', charged: 0, body: { error: 'run_canceled' } },
    ])
  })

  test('while it goes on: its worker ends it', async () => {
    const { body } = await ask(counting(), { steps: 1_000, stepMs: 20 })
    const working = workOn(counting()).drain()
    await vi.waitFor(async () => expect(await readRuns()).toMatchObject([{ status: 'running' }]))
    expect(await cancel(body.runId)).toMatchObject({ ok: true, status: 'running' })
    await working
    expect(await readRuns()).toMatchObject([
      { status: 'aborted', charged: 0, body: { error: 'run_canceled' } },
    ])
  })

  test('when its worker is dead: it is not tried again', async () => {
    const { body } = await ask(counting({ background: { retries: 3 } }), { steps: 1 })
    await claim()
    await cancel(body.runId)
    await passLease()
    expect(await claim()).toBeNull()
    expect(await readRuns()).toMatchObject([{ status: 'aborted', charged: 0 }])
  })

  test('when it has ended: it stays as it is', async () => {
    const { body } = await ask(counting(), { steps: 1 })
    await workOn(counting()).drain()
    expect(await cancel(body.runId)).toMatchObject({ ok: true, status: 'succeeded' })
    expect(await readRuns()).toMatchObject([{ status: 'succeeded', charged: 3 }])
  })

  test('and claimed at the same time: it is ended by the one or by the other', async () => {
    for (let round = 0; round < 5; round++) {
      const { body } = await ask(counting(), { steps: 1 }, { key: `round-${round}` })
      const [claimed, canceled] = await Promise.all([claim({ leaseMs: 0 }), cancel(body.runId)])
      expect(canceled.status).toBe(claimed ? 'running' : 'aborted')
      await claim()
    }
    for (const run of await readRuns()) expect(run).toMatchObject({ status: 'aborted', charged: 0 })
  })
})
