import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as balance } from '../../app/api/v1/balance/route.ts'
import { OPTIONS as askRun, POST as runTool } from '../../app/api/v1/tools/[id]/route.ts'
import { settleAll } from './after-answers.ts'
import { createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import type { KeyOwner } from './key-owner.ts'
import { at, keyRequest, readProblem, type Sent } from './key-request.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const SITE = 'https://shop.example'
const SCOPES = ['tools:*', 'balance:read']

let app: Engine
let owner: KeyOwner
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  ;({ owner } = await createApiClient(app))
  return settleAll
})

const keyFor = async (...p_allowed_origins: string[]) =>
  (await owner.createKey({ p_scopes: SCOPES, p_allowed_origins, p_budget_total: 2 })).secret
const from = (origin: string, sent: Sent) => ({ ...sent, headers: { ...sent.headers, origin } })
const readBalance = (origin: string, key: string | null, headers = {}) =>
  balance(keyRequest('/api/v1/balance', from(origin, { key, headers })))
const run = (origin: string, key: string) =>
  runTool(
    keyRequest('/api/v1/tools/text-generation', from(origin, { key, body: TEXT })),
    at('text-generation'),
  )

/** Who may read an answer in a browser, beside our own pages. */
const reader = (response: Response) => response.headers.get('access-control-allow-origin')

describe('a page of another site', () => {
  test('uses a key that names it, and reads answers, refusals and what is left', async () => {
    const key = await keyFor(SITE)
    for (const response of [await readBalance(SITE, key), await run(SITE, key), await run(SITE, key)]) {
      expect([response.status, reader(response)]).toEqual([200, SITE])
      expect(response.headers.get('access-control-expose-headers')).toContain('ratelimit')
      expect(response.headers.get('vary')).toBe('origin')
    }
    const refused = await run(SITE, key)
    expect([refused.status, reader(refused)]).toEqual([403, SITE])
    expect(await readProblem(refused)).toMatchObject({ error: 'budget_exceeded' })
    expect(await app.ledger(owner.id)).toEqual(['purchase 100', 'deduction -1', 'deduction -1'])
  })

  test.each([
    ['a key that names none', []],
    ['a key that names another', ['https://other.example']],
    ['a key that names a page beneath it', [`https://a.${new URL(SITE).host}`]],
    ['a key that names it without its protocol’s safety', [SITE.replace('https', 'http')]],
  ])('is refused with %s, reads nothing and is charged nothing', async (_what, origins) => {
    const key = await keyFor(...origins)
    // Once from a server, so that the owner of the key is known to this process.
    await balance(keyRequest('/api/v1/balance', { key }))
    for (const response of [await readBalance(SITE, key), await run(SITE, key)]) {
      expect([response.status, reader(response)]).toEqual([403, null])
      expect((await readProblem(response)).error).toBe('origin_not_allowed')
    }
    expect(await app.ledger(owner.id)).toEqual(['purchase 100'])
  })

  test('in a frame without an origin is refused as well', async () => {
    expect((await readBalance('null', await keyFor(SITE))).status).toBe(403)
  })

  test('gets nothing for a cookie, nor leave to send one', async () => {
    const response = await readBalance(SITE, null, { cookie: 'sb-access-token=x' })
    expect([response.status, reader(response)]).toEqual([401, null])
    const allowed = await readBalance(SITE, await keyFor(SITE))
    expect(allowed.headers.has('access-control-allow-credentials')).toBe(false)
  })

  test('is refused as soon as the key names it no more', async () => {
    const key = await keyFor(SITE)
    expect((await run(SITE, key)).status).toBe(200)
    await app.owner`update api_keys set allowed_origins = '{}' where owner_id = ${owner.id}`
    expect((await run(SITE, key)).status).toBe(403)
  })
})

test('our own pages, and programs outside of a browser, need no leave', async () => {
  const key = await keyFor()
  expect((await readBalance('https://app.example', key)).status).toBe(200)
  expect((await balance(keyRequest('/api/v1/balance', { key }))).status).toBe(200)
})

test('a preflight is answered without asking the database anything', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const preflight = { origin: SITE, 'access-control-request-method': 'POST' }
  const response = await askRun(
    new Request('https://app.example/api/v1/tools/x', { method: 'OPTIONS', headers: preflight }),
  )
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
  expect(response.status).toBe(204)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'OPTIONS, POST',
    'access-control-allow-headers': expect.stringContaining('authorization'),
  })
  expect(response.headers.has('access-control-allow-credentials')).toBe(false)
  const plain = await askRun(new Request('https://app.example/api/v1/tools/x', { method: 'OPTIONS' }))
  expect([plain.headers.get('allow'), reader(plain)]).toEqual(['OPTIONS, POST', null])
})

test.each(['https://shop.example/', 'https://shop.example/a', 'shop.example', '*', 'javascript:alert(1)'])(
  'a key cannot name %j',
  async (origin) => {
    const { newApiKey } = await import('../../lib/api-keys/input.ts')
    const key = { name: 'Shop', scopes: ['tools:*'] }
    expect(newApiKey.safeParse({ ...key, allowedOrigins: [SITE] }).success).toBe(true)
    expect(newApiKey.safeParse({ ...key, allowedOrigins: [origin] }).success).toBe(false)
  },
)
