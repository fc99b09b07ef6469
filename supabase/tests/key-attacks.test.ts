import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { POST as cancel } from '../../app/api/v1/runs/[id]/cancel/route.ts'
import { keyRoute, noInput } from '../../lib/http/routes.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { serveToolByKey } from '../../lib/tool-runner/serve-by-key.ts'
import { settleAll } from './after-answers.ts'
import { connectAgent, serveAlone } from './agent.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { openApp } from './app.ts'
import { type Engine, times } from './engine.ts'
import { at } from './key-request.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

let app: Engine
let client: ApiClient
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  client = await createApiClient(app)
  return client.finish
})

const balance = async () => (await app.wallet(client.user)).balance

const priced = (price: number) =>
  defineTool({
    id: 'priced',
    name: 'Priced',
    input: z.strictObject({ text: z.string().max(100).optional() }),
    cost: () => price,
    run: () => ({ done: true }),
  })

/** Calls of a tool at both doors of programs, by turns and all at once. Gives how many were served. */
async function callAtOnce(tool: ReturnType<typeof priced>, key: string, count: number): Promise<number> {
  const post = keyRoute('charge', noInput, (call) => serveToolByKey(tool, call))
  const agent = await connectAgent(key, { serve: serveAlone(tool) })
  const byApi = async () => (await post(client.request('/api/v1/tools/priced', { key, body: {} }))).ok
  const byAgent = async () => (await agent.callTool({ name: 'priced' })).isError === undefined
  const calls = times(count, (index) => (index % 2 ? byApi() : byAgent()))
  const served = await Promise.all(calls.map((call) => call()))
  return served.filter(Boolean).length
}

describe('fifty calls at once, by REST and by an agent', () => {
  test.each([
    ['the budget of a day', { p_budget_per_day: 30 }, 7, 28],
    [
      'the budget of a month, which is less than that of a day',
      { p_budget_per_day: 90, p_budget_per_month: 21 },
      7,
      21,
    ],
    ['what is left in all, which is the least', { p_budget_per_day: 90, p_budget_total: 9 }, 3, 9],
    ['the balance, which is less than any budget', { p_budget_per_day: 500, p_budget_total: 900 }, 9, 99],
  ])('spend %s to the credit', async (_what, budgets, price, spent) => {
    const { secret } = await client.owner.createKey(budgets)
    expect(await callAtOnce(priced(price), secret, 50)).toBe(spent / price)
    await settleAll()
    expect(await balance()).toBe(100 - spent)
  })

  test('of two keys that share a wallet stay within both budgets and the balance', async () => {
    const [one, two] = [
      await client.owner.createKey({ p_budget_total: 70 }),
      await client.owner.createKey({ p_budget_total: 70 }),
    ]
    const served = await Promise.all([one, two].map(({ secret }) => callAtOnce(priced(10), secret, 25)))
    expect(served[0] ?? 0).toBeLessThanOrEqual(7)
    expect(served[1] ?? 0).toBeLessThanOrEqual(7)
    expect(served.reduce((sum, count) => sum + count, 0)).toBe(10)
    await settleAll()
    expect(await balance()).toBe(0)
  })
})

test('a run that is canceled while it ends is paid or given back, never both', async () => {
  const ends: (() => void)[] = []
  const racing = defineTool({
    id: 'racing',
    name: 'Race',
    input: z.strictObject({}),
    cost: () => 4,
    run: ({ signal }) =>
      new Promise<{ done: boolean }>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        ends.push(() => resolve({ done: true }))
      }),
  })
  const post = keyRoute('charge', noInput, (call) => serveToolByKey(racing, call))
  const runs = times(20, () => post(client.request('/api/v1/tools/racing', { body: {} }))).map((call) =>
    call(),
  )
  await expect.poll(() => ends.length, { timeout: 15_000 }).toBe(20)
  const rows = await app.owner`select id::int from runs where user_id = ${client.user} order by id`
  const cancels = rows.map(({ id }) =>
    cancel(client.request(`/api/v1/runs/${id}/cancel`, { body: {} }), at(id)),
  )
  // Half of them end before the cancellation is noticed, the others may go either way.
  for (const [index, end] of ends.entries()) setTimeout(end, index < 10 ? 0 : 1_000)
  await Promise.all(cancels)
  const answers = await Promise.all(runs)
  await settleAll()
  const paid = answers.filter(({ status }) => status === 200).length
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(20 - paid)
  expect(paid).toBeGreaterThanOrEqual(10)
  expect(await balance()).toBe(100 - 4 * paid)
  const open = await app.owner`select from credit_holds where user_id = ${client.user} and status = 'open'`
  expect(open).toHaveLength(0)
})

test('inputs the size of a prompt, and larger ones, are refused before anything is held', async () => {
  const post = keyRoute('charge', noInput, (call) => serveToolByKey(priced(4), call))
  for (const length of [101, 100_000, 10_000_000]) {
    const response = await post(
      client.request('/api/v1/tools/priced', { body: { text: 'x'.repeat(length) } }),
    )
    expect([400, 413]).toContain(response.status)
    expect((await response.text()).length).toBeLessThan(1_000)
  }
  expect(await app.ledger(client.user)).toEqual(['purchase 100'])
})
