import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { GET as balance } from '../../app/api/v1/balance/route.ts'
import { POST as cancel } from '../../app/api/v1/runs/[id]/cancel/route.ts'
import { GET as readRun } from '../../app/api/v1/runs/[id]/route.ts'
import { GET as transactions } from '../../app/api/v1/transactions/route.ts'
import { createSecret, hashSecret } from '../../lib/api-keys/secret.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { serveToolByKey } from '../../lib/tool-runner/serve-by-key.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { createKeyOwner } from './key-owner.ts'
import { at, readProblem } from './key-request.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

let app: Engine
let owner: ApiClient['owner']
let user: ApiClient['user']
let secret: ApiClient['secret']
let request: ApiClient['request']
let summarize: ApiClient['summarize']
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  const client = await createApiClient(app)
  ;({ owner, user, secret, request, summarize } = client)
  return client.finish
})

describe('a key is refused', () => {
  test.each([
    ['without one', { key: null }, 'unauthorized'],
    ['that is no key', { key: 'lb_nothing' }, 'invalid_api_key'],
    ['that is unknown', { key: createSecret().secret }, 'invalid_api_key'],
    ['in the place of a cookie', { key: null, headers: { cookie: 'sb-access-token=x' } }, 'unauthorized'],
  ])('%s', async (_what, sent, code) => {
    for (const response of [await summarize(sent), await balance(request('/api/v1/balance', sent))]) {
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect((await readProblem(response)).error).toBe(code)
    }
  })

  test('at once when it is revoked, also where its owner is remembered', async () => {
    expect((await summarize()).status).toBe(200)
    await app.owner`update api_keys set revoked_at = now() where owner_id = ${user}`
    expect((await readProblem(await summarize())).error).toBe('invalid_api_key')
    expect((await balance(request('/api/v1/balance'))).status).toBe(401)
  })

  test('for what it has no scope for', async () => {
    const { secret: narrow } = await owner.createKey({ p_scopes: ['tools:another'] })
    expect(await readProblem(await summarize({ key: narrow }))).toMatchObject({
      error: 'scope_missing',
      scope: 'tools:text-generation',
    })
    for (const [route, path] of [
      [balance, '/api/v1/balance'],
      [transactions, '/api/v1/transactions'],
    ] as const) {
      expect((await route(request(path, { key: narrow }))).status).toBe(403)
    }
    expect((await readRun(request('/api/v1/runs/1', { key: narrow }), at(1))).status).toBe(403)
  })

  test('and what strangers try is not in the audit log, nor any secret', async () => {
    const count = async () => (await app.owner`select from audit_logs`).length
    const before = await count()
    const unknown = createSecret().secret
    for (const _ of Array.from({ length: 5 })) await summarize({ key: unknown })
    expect(await count()).toBe(before)
  })
})

describe('canceling', () => {
  const started = Promise.withResolvers<void>()
  /** Goes on until it is told to stop. */
  const endless = defineTool({
    id: 'endless',
    name: 'Wait',
    input: z.strictObject({}),
    cost: () => 5,
    run: ({ signal, progress }) => {
      progress({ done: 0, total: 1, message: 'waiting' })
      started.resolve()
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  })

  test('ends a run that goes on, and gives it back; another key, or another’s, cannot', async () => {
    const apiKey = { hash: hashSecret(secret), address: null, origin: null }
    const caller = { id: user, email: 'a@example.com', tier: null, allowedOrigins: [], apiKey }
    const running = serveToolByKey(endless, {
      request: request('/api/v1/tools/endless', { body: {} }),
      user: caller,
      answer: new Headers(),
    })
    const ended = running.catch((error: unknown) => error)
    await started.promise
    const [run] = await app.owner`select id::int from runs where user_id = ${user}`
    const id = Number(run?.id)
    const ask = (key: string) => cancel(request(`/api/v1/runs/${id}/cancel`, { key, body: {} }), at(id))

    const strange = await (await createKeyOwner(app, 1)).createKey()
    for (const { secret: key } of [await owner.createKey(), strange])
      expect((await readProblem(await ask(key))).error).toBe('run_not_found')
    expect(await (await ask(secret)).json()).toEqual({ runId: id, status: 'running' })
    expect(await ended).toMatchObject({
      code: 'run_canceled',
      message: expect.stringContaining('not charged'),
    })
    expect(await (await ask(secret)).json()).toEqual({ runId: id, status: 'aborted' })
    expect(await app.ledger(user)).toEqual(['purchase 100', 'deduction -5', 'refund 5'])
  })
})

test('a run that its key can pay no further ends there, and costs what it delivered', async () => {
  const poem = defineTool({
    id: 'poem',
    name: 'Write a poem',
    input: z.strictObject({}),
    cost: () => 60,
    slice: 5,
    run: async ({ charge }) => {
      for (let word = 1; word <= 60; word++) await charge(word)
      return { words: 60 }
    },
  })
  const { hash } = await owner.createKey({ p_budget_total: 12 })
  const caller = {
    id: user,
    email: 'a@example.com',
    tier: null,
    allowedOrigins: [],
    apiKey: { hash, address: null, origin: null },
  }
  const sent = { request: request('/api/v1/tools/poem', { body: {} }), user: caller, answer: new Headers() }
  const error: unknown = await Promise.resolve(serveToolByKey(poem, sent)).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'budget_exceeded', details: { creditsUsed: 10, period: 'total' } })
  expect((await app.wallet(user)).balance).toBe(90)
})
