import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as nowhere } from '../../app/api/v1/[[...path]]/route.ts'
import { GET as balance } from '../../app/api/v1/balance/route.ts'
import { GET as readRun } from '../../app/api/v1/runs/[id]/route.ts'
import { POST as price } from '../../app/api/v1/tools/[id]/price/route.ts'
import { POST as runTool, GET as wrongMethod } from '../../app/api/v1/tools/[id]/route.ts'
import { GET as tools } from '../../app/api/v1/tools/route.ts'
import { GET as transactions } from '../../app/api/v1/transactions/route.ts'
import * as answers from '../../lib/openapi/answers.ts'
import { listTools } from '../../tools/registry.ts'
import { summarize as tool } from '../../tools/text-generation/tool.ts'
import { settleAll } from './after-answers.ts'
import { type ApiClient, createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import { type Engine, times } from './engine.ts'
import { at, readProblem } from './key-request.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

let app: Engine
let owner: ApiClient['owner']
let user: ApiClient['user']
let request: ApiClient['request']
let summarize: ApiClient['summarize']
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  const client = await createApiClient(app)
  ;({ owner, user, request, summarize } = client)
  return client.finish
})

describe('a tool', () => {
  test('is run by a key, charged to its owner, and says what is left of its limit', async () => {
    const response = await summarize()
    expect(response.status).toBe(200)
    expect(answers.receipt.parse(await response.json())).toMatchObject({
      summary: expect.any(String),
      creditsUsed: 1,
      newBalance: 99,
    })
    expect(response.headers.get('ratelimit-policy')).toBe('"text-generation";q=20;w=60')
    expect(response.headers.get('ratelimit')).toMatch(/^"text-generation";r=19;t=[23]$/)
    const next = await summarize()
    expect(next.headers.get('ratelimit')).toMatch(/^"text-generation";r=18;t=[56]$/)
    expect(await app.ledger(user)).toEqual(['purchase 100', 'deduction -1', 'deduction -1'])
  })

  test('answers a repeated request again, unpaid, across the doors', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await (await summarize({ headers })).json()
    await settleAll()
    const again = await summarize({ headers })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await again.json()).toEqual(first)
    const entry = (await listTools()).find(({ id }) => id === tool.id)
    const onPage = await entry?.serve({
      request: request('/', { body: TEXT, headers, key: null }),
      user: { id: user, email: 'a@example.com', internal: 'test' },
    })
    expect(onPage).toBeInstanceOf(Response)
    expect(await app.ledger(user)).toEqual(['purchase 100', 'deduction -1'])
  })

  test('streams its progress and its result', async () => {
    const response = await summarize({ headers: { accept: 'text/event-stream' } })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('ratelimit')).toContain('r=19')
    expect(await response.text()).toContain('event: result')
  })

  test('that the balance cannot pay is a 402 with balance, price and where to buy', async () => {
    await app.call('deduct_credits', { p_user_id: user, p_amount: 99 })
    const response = await summarize({ body: { ...TEXT, complexity: 'high' } })
    expect(response.status).toBe(402)
    expect(await readProblem(response)).toMatchObject({
      error: 'insufficient_credits',
      balance: 1,
      price: 2,
      buyUrl: expect.stringMatching(/\/buy-credits$/), // #only payments
    })
  })

  test('that the budget of the key does not cover is a 403 that says what is left', async () => {
    const { secret: key } = await owner.createKey({ p_budget_total: 1 })
    expect((await summarize({ key })).status).toBe(200)
    const response = await summarize({ key })
    expect(response.status).toBe(403)
    expect(await readProblem(response)).toMatchObject({
      error: 'budget_exceeded',
      remaining: 0,
      period: 'total',
    })
  })

  test('called too often is a 429 that says when', async () => {
    const [{ now: startedAt } = { now: null }] = await app.owner`select clock_timestamp() as now`
    const allowed = await Promise.all(times(20, () => summarize()).map((call) => call()))
    expect(new Set(allowed.map(({ status }) => status))).toEqual(new Set([200]))
    // What came back meanwhile is taken again, and nothing comes back before the next call.
    const spent = await app.owner`
      update private.rate_limits set next_free_at = next_free_at + interval '1 hour'
      where subject = ${user} and action = ${tool.id} and next_free_at >= ${startedAt} + interval '60 seconds'
      returning subject`
    expect(spent).toHaveLength(1)
    const response = await summarize()
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(response.headers.get('ratelimit')).toContain('r=0')
    expect(await readProblem(response)).toMatchObject({ error: 'rate_limited' })
  })

  test('tells its price for an input, and runs nothing', async () => {
    const body = { ...TEXT, complexity: 'high' }
    const response = await price(
      request('/api/v1/tools/text-generation/price', { body }),
      at('text-generation'),
    )
    expect(answers.quote.parse(await response.json())).toEqual({
      price: 2,
      prices: { default: 2, pro: 2, enterprise: 2 },
      tier: null,
      creditType: 'general',
    })
    expect(await app.ledger(user)).toEqual(['purchase 100'])
    expect((await summarize({ body })).status).toBe(200)
    expect(await app.ledger(user)).toEqual(['purchase 100', 'deduction -2'])
  })

  test('what it refuses again, it refuses as a problem again', async () => {
    const headers = { 'idempotency-key': 'no-sentence' }
    const first = await readProblem(await summarize({ body: { text: '!!!' }, headers }))
    expect(first).toMatchObject({ error: 'bad_request', status: 400 })
    const again = await summarize({ body: { text: '!!!' }, headers })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await readProblem(again)).toEqual(first)
  })
})

test('every tool is listed with its input and its prices', async () => {
  const response = await tools(request('/api/v1/tools'))
  const listed = answers.toolList.parse(await response.json())
  expect(listed.tools.map(({ id }) => id)).toEqual((await listTools()).map(({ id }) => id))
  for (const tool of listed.tools) {
    expect(tool.input, tool.id).toMatchObject({ type: 'object', additionalProperties: false })
    expect(Object.keys(tool.prices)).toEqual(['default', 'pro', 'enterprise'])
  }
  expect(listed.tools[0]).toMatchObject({
    id: 'text-generation',
    contentType: 'application/json',
    input: { properties: { text: { type: 'string', maxLength: 20_000 } }, required: ['text'] },
    limits: { rate: { requests: 20, perSeconds: 60 }, maxBytes: 131_072 },
  })
})

describe('reading', () => {
  test('the balance and the ledger, with what is left of the allowance', async () => {
    await summarize()
    const wallets = await balance(request('/api/v1/balance'))
    expect(answers.balance.parse(await wallets.json())).toMatchObject({
      balance: 99,
      balances: { general: { balance: 99 } },
    })
    expect(wallets.headers.get('ratelimit')).toBe('"api";r=119;t=1')
    const ledger = await transactions(request('/api/v1/transactions?limit=1'))
    expect(answers.transactions.parse(await ledger.json())).toMatchObject({
      transactions: [{ type: 'deduction', amount: -1, balanceAfter: 99, action: 'text-generation' }],
      nextCursor: 2,
    })
    expect((await transactions(request('/api/v1/transactions?format=csv'))).status).toBe(400)
  })

  test('a run with its response, never another’s', async () => {
    const { runId } = await (await summarize()).json()
    await settleAll()
    const response = await readRun(request(`/api/v1/runs/${runId}`), at(runId))
    expect(answers.run.parse(await response.json())).toMatchObject({
      id: runId,
      source: 'api_key',
      status: 'succeeded',
      charged: 1,
      response: { status: 200, body: { summary: expect.any(String) } },
    })
    const stranger = (await createApiClient(app)).secret
    const refused = await readRun(request(`/api/v1/runs/${runId}`, { key: stranger }), at(runId))
    expect([refused.status, (await readProblem(refused)).error]).toEqual([404, 'run_not_found'])
  })
})

test('what is not there, and what is not taken, is a problem as well', async () => {
  expect(await readProblem(await nowhere(request('/api/v1/nothing')))).toMatchObject({
    error: 'route_not_found',
  })
  const refused = await wrongMethod()
  expect(refused.headers.get('allow')).toBe('OPTIONS, POST')
  expect(await readProblem(refused)).toMatchObject({ error: 'method_not_allowed', status: 405 })
  const unknown = await runTool(request('/api/v1/tools/gold', { body: {} }), at('gold'))
  expect(await readProblem(unknown)).toMatchObject({ error: 'tool_not_found' })
})

test('a run by key costs as many round trips as one from the page, once its owner is known', async () => {
  const entry = (await listTools()).find(({ id }) => id === tool.id)
  const fetched = vi.spyOn(globalThis, 'fetch')
  const counted = async (call: () => Promise<unknown>) => {
    fetched.mockClear()
    await call()
    const calls = fetched.mock.calls.length
    await settleAll()
    return calls
  }
  await summarize()
  const byKey = await counted(() => summarize())
  const byPage = await counted(async () =>
    entry?.serve({
      request: request('/', { body: TEXT, key: null }),
      user: { id: user, email: 'a@example.com', internal: randomUUID() },
    }),
  )
  fetched.mockRestore()
  expect([byKey, byPage]).toEqual([1, 1])
})
