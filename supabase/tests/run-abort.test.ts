import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { creditService } from '../../lib/credits/index.ts'
import { defineTool, type Tool, type ToolProgress } from '../../lib/tool-runner/define-tool.ts'
import { reserveForRun } from '../../lib/tool-runner/reserve-for-run.ts'
import { runTool } from '../../lib/tool-runner/run-tool.ts'
import { settleAll } from './after-answers.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const POEM = 60
const input = z.strictObject({})

type Poem = Tool<typeof input, { words: number }>

/** A tool that pays somebody a credit for every word, and sends each as soon as it has it. */
const writePoem = (options: Partial<Poem> = {}): Poem =>
  defineTool({
    id: 'write-poem',
    name: 'Write a poem',
    input,
    cost: () => POEM,
    run: async ({ progress, charge }) => {
      for (let word = 1; word <= POEM; word++) {
        await charge(word)
        progress({ done: word, total: POEM, message: `word ${word}` })
      }
      return { words: POEM }
    },
    ...options,
  })

let app: Engine
let user: { id: string; email: string; internal: string }
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
afterEach(() => app.expectSoundLedger())

async function createUser(balance: number): Promise<void> {
  user = { id: await app.createUser({ balance }), email: 'somebody@example.com', internal: 'test' }
}

/** Runs the tool for a client that leaves once it has heard `leaveAfter` words, and gives what became of it. */
async function run(tool: Poem, { leaveAfter = Number.POSITIVE_INFINITY, key = null as string | null } = {}) {
  const reserved = await reserveForRun(tool, { user, input: {}, key })
  if (!('reservation' in reserved)) throw new Error('It was answered from before.')
  const { reservation } = reserved
  const client = new AbortController()
  const heard: number[] = []
  const progress = ({ done }: ToolProgress) => {
    heard.push(done)
    if (done === leaveAfter) client.abort()
  }
  const answer = await runTool({ tool, input: {}, user, reservation, signal: client.signal, progress }).catch(
    (error: unknown) => error,
  )
  await settleAll()
  return { answer, heard, transactionId: reservation.transactionId }
}

async function lastRun() {
  const [last] = await app.owner`
    select status, charged::int from runs where user_id = ${user.id} order by id desc limit 1`
  return last
}

describe('a tool that pays somebody while it runs', () => {
  beforeEach(() => createUser(100))

  test('is paid for the 58 of 60 words that its client heard before it hung up, and the ledger says why', async () => {
    const { answer, heard, transactionId } = await run(writePoem({ onAbort: 'charge' }), { leaveAfter: 58 })
    expect(heard).toHaveLength(58)
    expect(answer).toMatchObject({
      ...{ code: 'client_closed_request', status: 499, details: { creditsUsed: 58 } },
      message: 'The request was canceled. You were charged 58 credits for what was used.',
    })
    expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -60', 'refund 2'])
    expect(await lastRun()).toEqual({ status: 'aborted', charged: 58 })
    expect(await creditService.explainTransaction(user.id, transactionId)).toMatchObject({
      refunded: 2,
      hold: {
        ...{ status: 'settled', settled_amount: 58 },
        reason: 'Write a poem: the client left after 58 credits had been used',
      },
    })
  })

  test('is paid as well when its time is up: a long answer is no free one', async () => {
    const stuck = writePoem({
      onAbort: 'charge',
      timeoutMs: 50,
      run: async ({ charge }) => {
        await charge(30)
        return new Promise(() => undefined)
      },
    })
    expect((await run(stuck)).answer).toMatchObject({ code: 'tool_timed_out', details: { creditsUsed: 30 } })
    expect(await lastRun()).toEqual({ status: 'aborted', charged: 30 })
  })

  test('costs nothing when its client hung up before it had used anything', async () => {
    const silent = writePoem({
      onAbort: 'charge',
      timeoutMs: 50,
      run: () => new Promise(() => undefined),
    })
    expect((await run(silent)).answer).toMatchObject({ message: 'This took too long. You were not charged.' })
    expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -60', 'refund 60'])
    expect(await lastRun()).toEqual({ status: 'aborted', charged: 0 })
  })

  test('costs nothing when it fails itself', async () => {
    const broken = writePoem({
      onAbort: 'charge',
      run: async ({ charge }) => {
        await charge(30)
        throw new Error('The provider is down.')
      },
    })
    expect((await run(broken)).answer).toMatchObject({ code: 'tool_failed' })
    expect(await lastRun()).toEqual({ status: 'failed', charged: 0 })
  })

  test('answers a repeated request with how it ended, and is not paid again', async () => {
    const tool = writePoem({ onAbort: 'charge' })
    await run(tool, { leaveAfter: 58, key: 'poem-1' })
    const again = await reserveForRun(tool, { user, input: {}, key: 'poem-1' })
    if (!('replay' in again)) throw new Error('It was reserved again.')
    expect(await again.replay.json()).toMatchObject({ error: 'client_closed_request', creditsUsed: 58 })
    expect((await app.wallet(user.id)).balance).toBe(42)
  })
})

test('any other tool gives all of it back when its client leaves', async () => {
  await createUser(100)
  const { answer } = await run(writePoem(), { leaveAfter: 58 })
  expect(answer).toMatchObject({ message: 'The request was canceled. You were not charged.' })
  expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -60', 'refund 60'])
  expect(await lastRun()).toEqual({ status: 'aborted', charged: 0 })
})

describe('a tool that holds its price in slices', () => {
  const sliced = (options: Partial<Poem> = {}) => writePoem({ onAbort: 'charge', slice: 20, ...options })

  test('begins with the first slice and takes the others as it goes', async () => {
    await createUser(100)
    const { answer, heard } = await run(sliced())
    expect(answer).toMatchObject({ words: 60, creditsUsed: 60, newBalance: 40 })
    expect(heard).toHaveLength(60)
    expect(await app.ledger(user.id)).toEqual([
      'purchase 100',
      ...['deduction -20', 'deduction -20', 'deduction -20'],
    ])
    expect(await lastRun()).toEqual({ status: 'succeeded', charged: 60 })
    const [, , second] = (await creditService.getTransactionHistory(user.id)).reverse()
    expect(await creditService.explainTransaction(user.id, second?.id ?? 0)).toMatchObject({
      continues: expect.any(Number),
      hold: { status: 'settled', settled_amount: 20 },
    })
  })

  test('never delivers what is not held, ends where the balance does, and is paid for that far', async () => {
    await createUser(45)
    const { answer, heard } = await run(sliced({ onAbort: 'refund' }))
    expect(answer).toMatchObject({
      ...{ code: 'insufficient_credits', status: 402 },
      details: { currentBalance: 5, requiredCredits: 20, creditsUsed: 40 },
    })
    expect(heard.at(-1)).toBe(40)
    expect((await app.wallet(user.id)).balance).toBe(5)
    expect(await lastRun()).toEqual({ status: 'aborted', charged: 40 })
  })

  test('delivers nothing unheld even when it does not wait for its slices', async () => {
    await createUser(45)
    const hasty = sliced({
      run: ({ progress, charge }) => {
        for (let word = 1; word <= POEM; word++) {
          void charge(word)
          progress({ done: word, total: POEM, message: '' })
        }
        return { words: POEM }
      },
    })
    const { answer, heard } = await run(hasty)
    expect(answer).toMatchObject({ code: 'insufficient_credits', details: { creditsUsed: 40 } })
    expect(heard).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  test('holds one word more than its client heard at the most when that hangs up', async () => {
    await createUser(100)
    const { heard } = await run(sliced(), { leaveAfter: 33 })
    expect(heard).toHaveLength(33)
    expect(await app.ledger(user.id)).toEqual(['purchase 100', 'deduction -20', 'deduction -20', 'refund 7'])
  })

  test('is told to stop once it has ended: it can use no more', async () => {
    await createUser(100)
    const late = Promise.withResolvers<unknown>()
    const deaf = sliced({
      timeoutMs: 50,
      run: async ({ signal, charge }) => {
        await charge(5)
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        setTimeout(() => {
          try {
            late.resolve(charge(40))
          } catch (error) {
            late.resolve(error)
          }
        }, 100)
        return new Promise(() => undefined)
      },
    })
    await run(deaf)
    expect(await late.promise).toBeInstanceOf(Error)
    expect(await lastRun()).toEqual({ status: 'aborted', charged: 5 })
  })
})
