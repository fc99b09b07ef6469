import type { APIRequestContext } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { LoginPage, PasswordPages, SignupPage } from './pages/index.ts'
import { askForLink } from './support/accounts.ts'
import { changeSession, readSession, writeSessionCookie } from './support/session-cookie.ts'

const AWAY = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/%5cevil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
]
/** Where an address sends its visitor, as the server says it. */
async function redirectOf(request: APIRequestContext, url: string): Promise<string | undefined> {
  const response = await request.get(url, { maxRedirects: 0 })
  return response.headers().location
}

const A_DAY_AGO = Math.floor(Date.now() / 1000) - 86_400

test.describe('a crafted next', () => {
  for (const next of AWAY) {
    test(`${JSON.stringify(next)} does not lead off the site`, async ({
      browser,
      user,
      mailbox,
      baseURL,
    }) => {
      const { request } = await browser.newContext({ baseURL })
      await askForLink(user.email)
      const link = new URL(await mailbox.link(user.email))
      link.searchParams.set('next', next)
      expect(await redirectOf(request, link.href)).toBe('/dashboard')
      // Signed in by that link, and sent on from the login page.
      expect(await redirectOf(request, `/login?next=${encodeURIComponent(next)}`)).toBe('/dashboard')
    })
  }

  test('does not lead off the site after a password either', async ({ page, user }) => {
    const login = new LoginPage(page)
    await login.open('?next=//evil.example')
    await login.signIn(user)
    await expect(page).toHaveURL('/dashboard')
  })
})

test.describe('a mailed link', () => {
  test('survives programs that look at it before its reader does', async ({
    page,
    user,
    mailbox,
    request,
  }) => {
    await askForLink(user.email)
    const link = await mailbox.link(user.email)
    expect((await request.head(link)).status()).toBe(200)
    await page.goto(link)
    await expect(page).toHaveURL('/dashboard')
  })

  for (const query of [
    '',
    '?token_hash=',
    '?token_hash=guess&type=email',
    '?token_hash=x&type=sms',
    '?type=recovery',
  ]) {
    test(`with ${query || 'nothing in it'} signs nobody in`, async ({ page }) => {
      await page.goto(`/auth/confirm${query}`)
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
      expect(await readSession(page.context())).toBeUndefined()
    })
  }
})

test.describe('a provider sign-in', () => {
  for (const query of [
    '',
    '?code=guess',
    '?error=access_denied&error_description=%3Cb%3EPay+at+evil.example',
  ]) {
    test(`that comes back with ${query || 'nothing'} ends at the login page, in our own words`, async ({
      page,
    }) => {
      await page.goto(`/auth/callback${query}`)
      await expect(new LoginPage(page).message).toContainText('Sign-in with this provider failed.')
      await expect(page.getByText('evil')).toHaveCount(0)
    })
  }
})

test.describe('a stranger learns nothing about who has an account', () => {
  test('from signing up', async ({ page, user, mailbox }) => {
    const signup = new SignupPage(page)
    await signup.open()
    await signup.signUp({ email: user.email, password: 'a guessed password' })
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    expect(await mailbox.subjects(user.email)).toEqual([])
  })

  test('from asking for links', async ({ page, newcomer }) => {
    await new PasswordPages(page).askForLink(newcomer.email)
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    const login = new LoginPage(page)
    await login.open()
    await login.askForLink(newcomer.email)
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  })

  test('from trying passwords', async ({ page, newcomer, user }) => {
    const login = new LoginPage(page)
    await login.open()
    for (const { email } of [newcomer, user]) {
      await login.signIn({ email, password: 'a guessed password' })
      await expect(login.message).toHaveText('The e-mail address or the password is not right.')
    }
  })
})

test.describe('a session', () => {
  test('that is too old is renewed on the way, and no cache may keep the answer', async ({
    userPage: page,
  }) => {
    await changeSession(page.context(), { expires_at: A_DAY_AGO })
    const before = await readSession(page.context())
    const response = await page.goto('/dashboard')
    expect(response?.headers()['cache-control']).toContain('no-store')
    await expect(page).toHaveURL('/dashboard')
    const after = await readSession(page.context())
    expect(after?.refresh_token).not.toBe(before?.refresh_token)
    expect(after?.expires_at).toBeGreaterThan(Date.now() / 1000)
  })

  test('that is too old is renewed by the API as well', async ({ userPage: page }) => {
    await changeSession(page.context(), { expires_at: A_DAY_AGO })
    const response = await page.request.get('/api/credits')
    expect(response.status()).toBe(200)
    expect(response.headers()['cache-control']).toContain('no-store')
    expect((await readSession(page.context()))?.expires_at).toBeGreaterThan(Date.now() / 1000)
  })

  test('that cannot be renewed ends at the login page, without going in circles', async ({
    userPage: page,
  }) => {
    const ended = { expires_at: A_DAY_AGO, refresh_token: 'guess' }
    await changeSession(page.context(), ended)
    expect((await page.request.get('/api/credits')).status()).toBe(401)
    await changeSession(page.context(), ended)
    const response = await page.goto('/dashboard')
    expect(response?.status()).toBe(200)
    await expect(page).toHaveURL('/login?next=%2Fdashboard')
    expect(await readSession(page.context())).toBeUndefined()
  })

  test('with a forged token opens nothing', async ({ page, user, admin, openBrowser }) => {
    const context = (await openBrowser(user)).context()
    const real = await readSession(context)
    const [header, , signature] = (real?.access_token ?? '').split('.')
    const claims = { sub: admin.id, role: 'authenticated', aud: 'authenticated', exp: Date.now() }
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    for (const token of [`${header}.${payload}.${signature}`, `${none}.${payload}.`, 'a.b.c', 'token']) {
      await changeSession(page.context(), { ...real, access_token: token })
      expect((await page.request.get('/api/credits')).status(), token).toBe(401)
      expect(await redirectOf(page.request, '/admin'), token).toBe('/login?next=%2Fadmin')
    }
  })

  for (const value of [
    '',
    'null',
    '{}',
    'base64-',
    'base64-!!!!',
    'base64-bnVsbA',
    '"',
    '[1,2,3]',
    'x'.repeat(9_000),
  ]) {
    test(`cookie of ${value.slice(0, 12) || 'nothing'} is no session and breaks no page`, async ({
      page,
    }) => {
      await writeSessionCookie(page.context(), value)
      const { request } = page
      expect((await request.get('/api/credits')).status()).toBe(401)
      expect(await redirectOf(request, '/dashboard')).toBe('/login?next=%2Fdashboard')
      expect((await request.get('/login', { maxRedirects: 0 })).status()).toBe(200)
    })
  }
})

test('admin pages do not exist for other people', async ({ page, userPage, adminPage }) => {
  await page.goto('/admin')
  await expect(page).toHaveURL('/login?next=%2Fadmin')
  const response = await userPage.goto('/admin')
  expect(response?.status()).toBe(404)
  expect((await adminPage.goto('/admin'))?.status()).toBe(200)
})

test('nobody is shown our pages inside a frame of their own', async ({ request }) => {
  const headers = (await request.get('/login')).headers()
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('another site cannot use the session of a signed-in browser', async ({ userPage: page }) => {
  const { request } = page
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
    const response = await request.post('/api/example-protected', { headers, data: { text: 'A text.' } })
    expect(response.status()).toBe(403)
    expect(await response.json()).toMatchObject({ error: 'forbidden' })
  }
})
