import { tool as aiTool } from 'ai'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { streamMetered } from '../../lib/ai/stream-metered.ts'
import { estimateTokens, priceTokens } from '../../lib/ai/tokens.ts'
import { reserveForRun } from '../../lib/tool-runner/reserve-for-run.ts'
import { runTool } from '../../lib/tool-runner/run-tool.ts'
import { startModelServer } from '../../packages/dev-stack/model/index.ts'
import { INSTRUCTIONS } from '../../tools/ask-ai/limits.ts'
import { prices } from '../../tools/ask-ai/prices.ts'
import { askAi } from '../../tools/ask-ai/tool.ts'
import { settleAll } from './after-answers.ts'
import { openApp } from './app.ts'
import { type Engine, times } from './engine.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const PROMPT = 'Why is the harbor of the town so small?'

let app: Engine
let model: Awaited<ReturnType<typeof startModelServer>>
let user: { id: string; email: string; internal: string }
beforeAll(async () => {
  model = await startModelServer({ port: 0, pieceMs: 1 })
  app = await openApp()
  Object.assign(process.env, {
    AI_BASE_URL: `${model.url}/v1`,
    AI_MODEL: 'local',
    AI_COST_PER_MILLION_INPUT_TOKENS: '1',
    AI_COST_PER_MILLION_OUTPUT_TOKENS: '4',
    AI_MAX_COST_PER_DAY: '0.1',
  })
})
afterAll(async () => {
  await app.close()
  await model.close()
})
afterEach(() => app.expectSoundLedger())
beforeEach(async () => {
  await app.owner`delete from private.run_costs`
  user = { id: await app.createUser({ balance: 100 }), email: 'somebody@example.com', internal: 'test' }
})

const reserve = (prompt = PROMPT, length: 'short' | 'long' = 'short') =>
  reserveForRun(askAi, { user, input: { prompt, length }, key: null, sent: { prompt, length } })

/** Asks as somebody who cancels once so many characters were shown. */
async function ask({ prompt = PROMPT, length = 'short' as 'short' | 'long', cancelAfter = Infinity } = {}) {
  const reserved = await reserve(prompt, length)
  if (!('reservation' in reserved)) throw new Error('It was answered from before.')
  const client = new AbortController()
  let shown = ''
  const answer = await runTool({
    ...{ tool: askAi, input: { prompt, length }, user, reservation: reserved.reservation },
    ...{ signal: client.signal, progress: () => undefined },
    write: (text) => {
      shown += text
      if (shown.length >= cancelAfter) client.abort()
    },
  }).catch((error: unknown) => error)
  await settleAll()
  const [run] = await app.owner`
    select status, charged::int, micros::int, stored_response -> 'body' as body
    from runs left join private.run_costs on run_id = id where user_id = ${user.id} order by id desc limit 1`
  return { answer, shown, run }
}

const ownCost = (input: number, output: number) => input * 1 + output * 4
const asked = estimateTokens(INSTRUCTIONS) + estimateTokens(PROMPT)

test('an answer is shown as it comes, and paid by the tokens that the provider tells', async () => {
  const { answer, shown, run } = await ask()
  expect(answer).toMatchObject({ text: shown, finishReason: 'length', tokens: { input: asked } })
  const output = estimateTokens(shown)
  expect(answer).toMatchObject({ tokens: { output } })
  const paid = priceTokens({ input: asked, output }, prices(null))
  expect(run).toMatchObject({ status: 'succeeded', charged: paid, micros: ownCost(asked, output) })
  expect((await app.wallet(user.id)).balance).toBe(100 - paid)
})

test('a membership pays its own price', async () => {
  await app.call('set_membership', { p_user_id: user.id, p_tier: 'enterprise' })
  const { shown, run } = await ask()
  const tokens = { input: asked, output: estimateTokens(shown) }
  expect(run).toMatchObject({ charged: priceTokens(tokens, prices('enterprise')) })
  expect(run?.charged).toBeLessThan(priceTokens(tokens, prices(null)))
})

test('canceled half-way, it costs what was shown, and what was shown is kept', async () => {
  const { shown, run } = await ask({ length: 'long', cancelAfter: 900 })
  expect(shown.length).toBeLessThan(1_000)
  const output = estimateTokens(shown)
  expect(run).toMatchObject({
    ...{ status: 'aborted', charged: priceTokens({ input: asked, output }, prices(null)) },
    ...{ micros: ownCost(asked, output), body: { text: shown, error: 'client_closed_request' } },
  })
})

test('a provider that breaks off is paid for what was shown of it', async () => {
  const prompt = `${PROMPT} please break off`
  const { answer, shown, run } = await ask({ prompt })
  expect(shown.length).toBeGreaterThan(0)
  expect(answer).toMatchObject({ text: shown, finishReason: 'error' })
  const tokens = {
    input: estimateTokens(INSTRUCTIONS) + estimateTokens(prompt),
    output: estimateTokens(shown),
  }
  expect(run).toMatchObject({ status: 'succeeded', charged: priceTokens(tokens, prices(null)) })
})

test('credits that run out end the answer where they do', async () => {
  await app.call('deduct_credits', { p_user_id: user.id, p_amount: 93 })
  const { answer, shown, run } = await ask({ length: 'long' })
  expect(answer).toMatchObject({ code: 'insufficient_credits' })
  const tokens = { input: asked, output: estimateTokens(shown) }
  expect(priceTokens(tokens, prices(null))).toBeLessThanOrEqual(7)
  expect(run).toMatchObject({ status: 'aborted', charged: priceTokens(tokens, prices(null)) })
})

test('steps that call a tool are metered as well', async () => {
  const charges: number[] = []
  const answer = await streamMetered(
    {
      ...{ instructions: 'Answer.', prompt: 'What does read_clock say?', maxOutputTokens: 20, maxSteps: 3 },
      ...{ most: 1_000, price: { input: 1_000, output: 0 }, cost: { input: 0, output: 0 } },
      tools: {
        read_clock: aiTool({ inputSchema: z.object({}), execute: async () => 'noon' }),
      },
    },
    {
      signal: new AbortController().signal,
      write: () => undefined,
      spend: () => undefined,
      charge: async (credits) => void charges.push(credits),
    },
  )
  expect(answer.text).toContain('noon')
  const oneStep = estimateTokens('Answer.') + estimateTokens('What does read_clock say?')
  expect(answer.tokens.input).toBeGreaterThan(2 * oneStep)
  expect(charges.at(-1)).toBe(answer.tokens.input)
})

test('the runs of a day never cost the owner more than the day may, however many start at once', async () => {
  await app.call('add_credits', { p_user_id: user.id, p_amount: 10_000 })
  const long = 'x'.repeat(8_000)
  const starts = await Promise.allSettled(times(20, () => reserve(long, 'long')).map((act) => act()))
  const refused = starts.filter(({ status }) => status === 'rejected')
  expect(refused.map((start) => 'reason' in start && start.reason.code)).toEqual(
    refused.map(() => 'tool_exhausted'),
  )
  const [day] = await app.owner<
    { micros: number }[]
  >`select sum(micros)::int as micros from private.run_costs`
  expect(refused.length).toBeGreaterThan(0)
  expect(day?.micros).toBeLessThanOrEqual(100_000)
})

test('switched off, it starts no run and says why; one that goes on ends as usual', async () => {
  const admin = await app.createAdmin()
  const message = 'The model is being exchanged until noon.'
  const going = ask({ length: 'long' })
  await vi.waitFor(async () =>
    expect(await app.owner`select from runs where user_id = ${user.id}`).toHaveLength(1),
  )
  const off = { p_actor_id: admin, p_tool: 'ask-ai', p_message: message }
  expect(await app.call('set_tool_switch', { ...off, p_actor_id: user.id })).toMatchObject({
    code: 'forbidden',
  })
  expect(await app.call('set_tool_switch', off)).toMatchObject({ ok: true, is_off: true })
  await expect(reserve()).rejects.toMatchObject({ status: 503, code: 'tool_off', message })
  expect((await going).run).toMatchObject({ status: 'succeeded' })
  await app.call('set_tool_switch', { p_actor_id: admin, p_tool: 'ask-ai' })
  expect(await reserve()).toHaveProperty('reservation')
})

test('a provider that cannot be reached costs nothing', async () => {
  await model.close()
  const { answer, run } = await ask()
  expect(answer).toMatchObject({ code: 'tool_failed' })
  expect(run).toMatchObject({ status: 'failed', charged: 0 })
})
