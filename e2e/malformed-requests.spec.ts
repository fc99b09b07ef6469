import { request as send } from 'node:http'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { stackEnv } from './support/environment.ts'
import { expectRefusal } from './support/refusal.ts'

type Reply = { status: number; allow: string | undefined; body: string }

/** Sends a request as it is, which no browser would. */
async function raw(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Reply> {
  const { hostname, port, origin } = new URL(stackEnv('APP_URL'))
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const sent = send({ hostname, port, method, path, headers: { origin, ...headers } }, async (response) => {
    const text = (await Array.fromAsync(response)).join('')
    resolve({ status: response.statusCode ?? 0, allow: response.headers.allow, body: text })
  })
  sent.on('error', reject).end(body)
  return promise
}

test('an address that cannot be read is a 400, and TRACE a 405', async () => {
  for (const path of ['/api/cron/%', '/api/credits/transactions/%', '/admin/users/%', '/%ZZ', '/%ff']) {
    const { status, body } = await raw('GET', path)
    expect(status, path).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ error: 'bad_request' })
  }
  expect(await raw('GET', '/', { host: 'a b' })).toMatchObject({ status: 400 })
  for (const path of ['/', '/api/health']) expect(await raw('TRACE', path)).toMatchObject({ status: 405 })
})

test('a call of a server action with made-up arguments is a 4xx, and nothing fails', async ({ page }) => {
  const called = page.waitForRequest((request) => 'next-action' in request.headers())
  await page.goto('/login')
  await page.getByLabel('E-mail', { exact: true }).fill('nobody@example.com')
  await page.getByLabel('Password', { exact: true }).fill('a wrong one')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const id = (await called).headers()['next-action'] ?? ''
  const call = (body: string, headers: Record<string, string> = {}) =>
    raw(
      'POST',
      '/login',
      { 'next-action': id, accept: 'text/x-component', 'content-type': 'text/plain', ...headers },
      body,
    )

  for (const body of ['{{{', '', '{}', '["$1"]', '['.repeat(5000)]) {
    expect(await call(body), body.slice(0, 9)).toMatchObject({ status: 400 })
  }
  const form = { 'content-type': 'multipart/form-data; boundary=x' }
  expect(await call('--x', form)).toMatchObject({ status: 400 })
  expect(await call('[]', { origin: 'https://evil.example' })).toMatchObject({ status: 403 })
  expect(await call(`["${'x'.repeat(1_100_000)}"]`)).toMatchObject({ status: 413 })
  // Decodable, and none of the forms the action is for: it says what is missing.
  for (const body of ['[null,null]', '[{},{"append":1}]', '[]']) {
    const { status, body: answer } = await call(body)
    expect(status, body).toBe(200)
    expect(answer).toContain('errors')
  }
})

test('every route under /api answers 404 and 405 in JSON', async ({ userPage: page }) => {
  for (const path of ['/api/nothing', '/api/credits/nothing', '/api']) {
    expectRefusal(await callApi(page, path), 404, 'route_not_found', path)
  }
  for (const [method, path, allow] of [
    ['DELETE', '/api/credits', 'GET, HEAD, OPTIONS, POST'],
    ['GET', '/api/example-protected', 'OPTIONS, POST'], // #only text-generation
    ['PUT', '/api/health', 'GET, HEAD, OPTIONS'],
  ] as const) {
    const answer = await raw(method, path)
    expect(answer, path).toMatchObject({ status: 405, allow })
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'method_not_allowed' })
  }
  expect(await raw('OPTIONS', '/api/health')).toMatchObject({ status: 204, allow: 'GET, HEAD, OPTIONS' })
})

test('a date that the database cannot hold is a 400', async ({ userPage: page }) => {
  for (const query of [
    'transactions?from=0000-01-01',
    'transactions?from=2026-01-01T00:00:00%2B23:59',
    'usage?from=0000-01-01',
    'usage?to=2026-01-01T00:00:00-16:00',
  ]) {
    expectRefusal(await callApi(page, `/api/credits/${query}`), 400, 'bad_request', query)
  }
  const { status } = await callApi(page, '/api/credits/transactions?from=0001-01-01&to=9999-12-31')
  expect(status).toBe(200)
})

// #region payments admin
test('a list of the admin area shows its first page for a filter or cursor that is none', async ({
  adminPage,
}) => {
  const id = '00000000-0000-4000-8000-000000000000'
  for (const path of [
    '/admin/payments?from=0000-01-01',
    '/admin/payments?to=9999-12-31',
    '/admin/audit?from=0000-01-01&to=9999-12-31',
    '/admin/webhooks?before=2026-11-27T00:00:00Z~%00',
    ...['payments', 'subscriptions', 'reconciliation'].map(
      (list) => `/admin/${list}?before=2026-11-27T00:00:00Z~x`,
    ),
    '/admin/audit?after=2026-11-27T00:00:00Z~x%2C%29',
    `/admin/payments?before=2026-11-27T00:00:00%2B23:59~${id}`,
    `/admin/payments?after=0000-01-01T00:00:00Z~${id}`,
  ]) {
    expect((await adminPage.goto(path))?.status(), path).toBe(200)
    await expect(adminPage.getByRole('heading', { level: 1 })).toBeVisible()
  }
})
// #endregion

// #region admin
test('a membership ends at a time that the database can hold', async ({ adminPage, user }) => {
  for (const expiresAt of ['0000-01-01T00:00:00Z', '2030-01-01T00:00:00+23:59']) {
    const order = { userId: user.id, tier: 'pro', expiresAt, reason: 'A gift' }
    expectRefusal(await callApi(adminPage, '/api/admin/memberships', order), 400, 'bad_request', expiresAt)
  }
})
// #endregion
