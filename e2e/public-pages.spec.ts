import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'
import { callApi } from './support/call-api.ts' // #only payments admin
import { stackEnv } from './support/environment.ts' // #only payments admin
import { ADMIN_PAGES, APP_PAGES, AUTH_PAGES, PUBLIC_PAGES } from './support/page-paths.ts'

test('a public page is made once, and the same for everybody', async ({ playwright, baseURL, userPage }) => {
  const visitor = await playwright.request.newContext({ baseURL })
  const ask = async (path: string) => [
    await visitor.get(path),
    await userPage.request.get(path),
    await visitor.get(path, {
      headers: {
        'accept-language': 'de',
        'content-security-policy': "script-src 'nonce-mine'",
        cookie: 'theme=dark; time-zone=Asia/Kolkata',
        'x-forwarded-host': 'evil.example',
      },
    }),
  ]
  const check = async (path: string) => {
    await visitor.get(path)
    const answers = await ask(path)
    for (const answer of answers) {
      const headers = answer.headers()
      expect(answer.status(), path).toBe(200)
      expect(headers['x-nextjs-cache'], path).toMatch(/^(HIT|STALE)$/)
      expect(headers['cache-control'], path).toBe('s-maxage=15, stale-while-revalidate=15')
      expect(headers['set-cookie'], path).toBeUndefined()
      expect(headers.vary ?? '', path).not.toMatch(/cookie|\*/i)
    }
    const [body, ofUser, ofStranger] = await Promise.all(answers.map((answer) => answer.text()))
    expect(ofUser === body && ofStranger === body, path).toBe(true)
    expect(body).not.toContain('nonce-mine')
    expect(body).not.toContain('evil.example')
    expect(body).not.toContain('public-env')
  }
  // Other tests change what is for sale meanwhile, and have the pages made anew.
  for (const path of PUBLIC_PAGES) await expect(() => check(path)).toPass()
  await visitor.dispose()
})

test('a public page has one address, and no cookie, however it is asked for', async ({ userPage: page }) => {
  const oddly = await page.request.get('/TERMS?a=1', { maxRedirects: 0 })
  expect(oddly.status()).toBe(308)
  expect(new URL(oddly.headers().location ?? '', oddly.url()).pathname).toBe('/terms')
  const headers = { 'content-type': 'text/plain', 'next-action': '' }
  for (const kind of Object.entries(headers)) {
    const answer = await page.request.get('/terms', { headers: Object.fromEntries([kind]) })
    expect(answer.headers()['set-cookie']).toBeUndefined()
    expect(answer.headers()['content-security-policy']).not.toContain('nonce')
  }
})

test('where public pages are kept is no address of its own', async ({ request }) => {
  for (const path of ['/cached/current', '/cached/current/terms', '/cached/other/terms'])
    expect((await request.get(path)).status(), path).toBe(404)
})

test('a signed-in page, and one on which people sign in, is never kept', async ({ adminPage, page }) => {
  const check = async (from: typeof page, path: string) => {
    const kinds: Record<string, string>[] = [{}, { rsc: '1' }]
    for (const headers of kinds) {
      const answer = await from.request.get(path, { headers, maxRedirects: 0 })
      const { 'cache-control': policy, ...rest } = answer.headers()
      expect(rest['x-nextjs-cache'], path).toBeUndefined()
      expect(policy ?? 'no-store', path).toContain('no-store')
    }
  }
  for (const path of [...APP_PAGES, '/nothing']) await check(adminPage, path)
  for (const path of ADMIN_PAGES) await check(adminPage, path) // #only payments admin
  for (const path of [...AUTH_PAGES, '/nothing', '/dashboard']) await check(page, path)
})

test('the build has kept no page, and lets none be kept but the public ones', async () => {
  const manifest = JSON.parse(await readFile('.next/prerender-manifest.json', 'utf8'))
  const made = Object.keys(manifest.routes)
  expect(
    made.filter((route) => !/^\/(manifest\.webmanifest|opengraph-image|_global-error)/.test(route)),
  ).toEqual([])
  const kept = Object.keys(manifest.dynamicRoutes).map(
    (route) => route.replace('/cached/[edition]', '') || '/',
  )
  expect(kept.sort()).toEqual([...PUBLIC_PAGES].sort())
})

test('who is signed in finds the dashboard on the public pages, until they sign out', async ({
  userPage: page,
}) => {
  const header = page.getByRole('banner')
  await page.goto('/')
  await expect(header.getByRole('link', { name: 'Dashboard' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the dashboard' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Get started' })).toBeHidden()
  await expect(header.getByRole('link', { name: 'Sign in' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Buy Starter' })).toHaveAttribute(
    'href',
    '/buy-credits?package=starter',
  )
  await page.goto('/dashboard')
  await new AppHeader(page).signOut()
  await page.waitForURL('**/login')
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Get started' })).toBeVisible()
  await expect(header.getByRole('link', { name: 'Dashboard' })).toBeHidden()
})

// #region payments admin
test('what an admin changes is on the public pages at once', async ({ adminPage, request, sql }) => {
  const id = `kept-${randomUUID().slice(0, 8)}`
  const fields = { name: `Pack ${id}`, description: 'For a test.', credits: 250, price: 900 }
  try {
    // Kept, and not being made anew just now: that would be of before the change.
    for (const path of ['/pricing', '/']) {
      const cache = async () => (await request.get(path)).headers()['x-nextjs-cache']
      await expect.poll(cache, path).toBe('HIT')
    }
    expect((await callApi(adminPage, '/api/admin/packages', { id, ...fields })).status).toBe(200)
    for (const path of ['/pricing', '/'])
      expect(await (await request.get(path)).text(), path).toContain(fields.name)
    const changed = `Box ${id}`
    const patched = await adminPage.request.patch(`/api/admin/packages/${id}`, {
      headers: { origin: stackEnv('APP_URL') },
      data: { name: changed },
    })
    expect(patched.status()).toBe(200)
    const html = await (await request.get('/pricing')).text()
    expect(html).toContain(changed)
    expect(html).not.toContain(fields.name)
  } finally {
    await sql`update credit_packages set active = false where id = ${id}`
  }
})
// #endregion
