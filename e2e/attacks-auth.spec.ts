import type { APIRequestContext } from '@playwright/test'
import { ANSWER_STEP_MS } from '../lib/auth/answer-evenly.ts'
import { expect, test } from './fixtures.ts'
import { AppHeader, LoginPage, MailedLinkPage, PasswordPages, SignupPage } from './pages/index.ts'
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
    test(`${JSON.stringify(next)} does not lead off the site`, async ({ page, user, mailbox }) => {
      await askForLink(user.email)
      const link = new URL(await mailbox.link(user.email))
      link.searchParams.set('next', next)
      await new MailedLinkPage(page).redeem(link.href)
      await expect(page).toHaveURL('/dashboard')
      // Signed in by that link, and sent on from the login page.
      expect(await redirectOf(page.request, `/login?next=${encodeURIComponent(next)}`)).toBe('/dashboard')
    })
  }

  test('does not lead off the site after a password either', async ({ page, user }) => {
    const login = new LoginPage(page)
    await login.open('?next=//evil.example')
    await login.signIn(user)
    await expect(page).toHaveURL('/dashboard')
  })
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
    await signup.signUp(user.email)
    await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    await expect(page.getByText('if there is no account for it yet')).toBeVisible()
    await page.getByRole('button', { name: 'Send it again' }).click()
    await expect(page.getByRole('status')).toContainText('if there is no account yet')
    expect(await mailbox.subjects(user.email)).toEqual([])
    await page.getByRole('link', { name: 'reset your password' }).click()
    await expect(page).toHaveURL('/forgot-password')
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

  test('from how long an answer takes', async ({ page, newcomer, user }) => {
    const timeOf = async (act: () => Promise<void>) => {
      const startedAt = performance.now()
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await act()
      await answered
      return performance.now() - startedAt
    }
    for (const { email } of [newcomer, user]) {
      const login = new LoginPage(page)
      await login.open()
      const guess = () => login.signIn({ email, password: 'a guessed password' })
      expect(await timeOf(guess)).toBeGreaterThan(ANSWER_STEP_MS - 2)
      await expect(login.message).toContainText('not right')
      expect(await timeOf(() => login.askForLink(email))).toBeGreaterThan(ANSWER_STEP_MS - 2)
      const signup = new SignupPage(page)
      await signup.open()
      expect(await timeOf(() => signup.signUp(email))).toBeGreaterThan(ANSWER_STEP_MS - 2)
      const forgot = new PasswordPages(page)
      expect(await timeOf(() => forgot.askForLink(email))).toBeGreaterThan(ANSWER_STEP_MS - 2)
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

  test('is renewed once, not again and again, on a device whose clock is hours ahead', async ({
    userPage: page,
  }) => {
    const ahead = 2 * 60 * 60 * 1000
    await page.addInitScript((ms) => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + ms
    }, ahead)
    const renewals: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/auth/v1/token')) renewals.push(page.url())
    })
    for (const path of ['/dashboard', '/transactions', '/settings', '/dashboard']) {
      await page.goto(path)
      await new AppHeader(page).isLive()
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    }
    expect(renewals).toHaveLength(1)
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
