import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { POST } from '../../app/api/mcp/route.ts'
import { createSecret } from '../../lib/api-keys/secret.ts'
import { logger } from '../../lib/logger.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { settleAll } from './after-answers.ts'
import { connectAgent, REVISIONS, serveAlone } from './agent.ts'
import { type ApiClient, createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import { type Engine, times } from './engine.ts'
import { readProblem } from './key-request.ts'

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

const ledger = () => app.ledger(client.user)
const CALL = { name: 'text-generation', arguments: TEXT }
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
}
const send = (body: object, sent: object = {}) =>
  POST(
    client.request('/api/mcp', { body, headers: { accept: 'application/json, text/event-stream' }, ...sent }),
  )

describe('nobody is let in', () => {
  test.each([
    ['without a key', null],
    ['with what is no key', 'lb_nothing'],
    ['with a key that is unknown', createSecret().secret],
  ])('%s', async (_what, key) => {
    const response = await send(INITIALIZE, { key })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('with a cookie', async () => {
    const headers = { cookie: 'sb-access-token=x', accept: 'application/json, text/event-stream' }
    expect((await send(INITIALIZE, { key: null, headers })).status).toBe(401)
  })

  test('from a page of another site', async () => {
    const headers = { origin: 'https://evil.example', accept: 'application/json, text/event-stream' }
    const response = await send(INITIALIZE, { headers })
    expect(await readProblem(response)).toMatchObject({ status: 403, error: 'origin_not_allowed' })
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })
})

test.each([
  ['revoked', () => app.owner`update api_keys set revoked_at = now() where owner_id = ${client.user}`],
  ['expired', () => app.owner`update api_keys set expires_at = now() where owner_id = ${client.user}`],
  [
    'of somebody who is banned',
    () => app.owner`update auth.users set banned_until = now() + interval '1 hour' where id = ${client.user}`,
  ],
])('a key that is %s meanwhile stops at once, in a session that goes on', async (_what, stop) => {
  const agent = await connectAgent(client.secret)
  expect((await agent.callTool(CALL)).isError).toBeUndefined()
  await stop()
  for (const call of [
    CALL,
    { name: 'get_balance' },
    { name: 'quote', arguments: { tool: CALL.name, arguments: TEXT } },
  ]) {
    const { isError, structuredContent } = await agent.callTool(call)
    expect([isError, structuredContent]).toMatchObject([true, { error: 'invalid_api_key', status: 401 }])
  }
  await expect(agent.listTools()).rejects.toThrow('not valid')
  expect(await ledger()).toEqual(['purchase 100', 'deduction -1'])
})

test('a key does what its scopes say, and nothing else', async () => {
  const { secret } = await client.owner.createKey({ p_scopes: ['tools:social-card'] })
  const agent = await connectAgent(secret)
  for (const [name, scope] of [
    ['text-generation', 'tools:text-generation'],
    ['get_balance', 'balance:read'],
  ] as const) {
    const { structuredContent } = await agent.callTool({
      name,
      arguments: name === 'get_balance' ? {} : TEXT,
    })
    expect(structuredContent).toMatchObject({ error: 'scope_missing', scope })
  }
  expect(await ledger()).toEqual(['purchase 100'])
})

test('fifty calls at once spend a budget to the credit', async () => {
  const cheap = defineTool({
    id: 'cheap',
    name: 'Cheap',
    input: z.strictObject({}),
    cost: () => 3,
    run: () => ({ done: true }),
  })
  const { secret } = await client.owner.createKey({ p_budget_per_day: 40 })
  const agent = await connectAgent(secret, { serve: serveAlone(cheap) })
  const results = await Promise.all(times(50, () => agent.callTool({ name: 'cheap' })).map((call) => call()))
  expect(results.filter(({ isError }) => isError === undefined)).toHaveLength(13)
  // Who is refused too often is told that instead.
  const codes = results.flatMap(({ isError, structuredContent }) =>
    isError ? [Object(structuredContent).error] : [],
  )
  expect(new Set(codes)).toEqual(new Set(['budget_exceeded', 'rate_limited']))
  await settleAll()
  expect((await app.wallet(client.user)).balance).toBe(100 - 39)
})

describe('what is sent', () => {
  test('is never more than a message of the largest tool', async () => {
    const text = 'x'.repeat(30_000_000)
    const response = await send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { text } })
    expect(await readProblem(response)).toMatchObject({ status: 413, error: 'payload_too_large' })
  })

  test.each([
    ['many messages in one', [INITIALIZE, INITIALIZE]],
    ['no message', { hello: 1 }],
    ['a message nested too deeply', JSON.parse(`${'{"a":'.repeat(80)}1${'}'.repeat(80)}`)],
    ['a call without a name', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }],
    [
      'a call with a list of arguments',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...CALL, arguments: [] } },
    ],
  ])('as %s is refused, and nothing is charged', async (_what, body) => {
    const response = await send(body)
    const said = await response.text()
    expect(response.status >= 400 || said.includes('"error"')).toBe(true)
    expect(said).not.toMatch(/at .+:\d+|node_modules/)
    expect(await ledger()).toEqual(['purchase 100'])
  })

  test.each(['constructor', '__proto__', 'toString', '../text-generation'])(
    'names no tool: %s',
    async (name) => {
      const agent = await connectAgent(client.secret)
      await expect(agent.callTool({ name })).rejects.toThrow('There is no tool')
    },
  )

  test('as an idempotency key that is none is refused', async () => {
    const agent = await connectAgent(client.secret)
    for (const idempotencyKey of ['with space', 'x'.repeat(129), '', { a: 1 }]) {
      const result = await agent.callTool({ ...CALL, _meta: { idempotencyKey } })
      expect(result.structuredContent).toMatchObject({ error: 'bad_request' })
    }
    expect(await ledger()).toEqual(['purchase 100'])
  })
})

describe.each(REVISIONS)('canceling (%s)', (revision) => {
  /** Goes on until it is told to stop. */
  const endless = () => {
    const started = Promise.withResolvers<void>()
    const tool = defineTool({
      id: 'endless',
      name: 'Wait',
      input: z.strictObject({}),
      cost: () => 5,
      run: ({ signal }) => {
        started.resolve()
        return new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        )
      },
    })
    return { serve: serveAlone(tool), started: started.promise }
  }

  test('ends the run and gives it back', async () => {
    const { serve, started } = endless()
    const agent = await connectAgent(client.secret, { revision, serve })
    const canceled = new AbortController()
    const call = agent.callTool({ name: 'endless' }, { signal: canceled.signal })
    const ended = expect(call).rejects.toThrow()
    await started
    canceled.abort('enough')
    await ended
    await expect.poll(ledger, { timeout: 15_000 }).toEqual(['purchase 100', 'deduction -5', 'refund 5'])
    const [run] = await app.owner`select status from runs where user_id = ${client.user}`
    expect(run?.status).toBe('aborted')
  })

  test('reaches no run of another session, key or user', async () => {
    const { serve, started } = endless()
    const agent = await connectAgent(client.secret, { revision, serve })
    const canceled = new AbortController()
    const call = agent.callTool({ name: 'endless' }, { signal: canceled.signal }).catch(() => undefined)
    await started
    const cancellation = { jsonrpc: '2.0', method: 'notifications/cancelled' }
    const stranger = await createApiClient(app)
    for (const key of [client.secret, (await client.owner.createKey()).secret, stranger.secret]) {
      for (const requestId of [0, 1, 2, 3, 4]) {
        const headers = { accept: 'application/json, text/event-stream', 'mcp-session-id': 'guessed' }
        const request = client.request('/api/mcp', {
          key,
          headers,
          body: { ...cancellation, params: { requestId } },
        })
        expect((await serve(request)).status).toBe(202)
      }
    }
    const asked =
      await app.owner`select from runs where user_id = ${client.user} and cancel_requested_at is not null`
    expect(asked).toHaveLength(0)
    canceled.abort('done')
    await call
    await expect.poll(ledger, { timeout: 15_000 }).toEqual(['purchase 100', 'deduction -5', 'refund 5'])
  })
})

test('a key is in no log and no answer', async () => {
  const said: unknown[] = []
  const watched = (['debug', 'info', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(logger, level).mockImplementation((...line: unknown[]) => void said.push(line)),
  )
  const agent = await connectAgent(client.secret)
  const results = [
    await agent.callTool(CALL),
    await agent.callTool({ name: 'text-generation' }),
    await agent.listTools(),
  ]
  const refused = await send({ hello: 1 })
  for (const spy of watched) spy.mockRestore()
  const everything = JSON.stringify([said, results, await refused.text()])
  expect(said.length).toBeGreaterThan(0)
  expect(everything).not.toContain(client.secret.slice(3))
})
