import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts' // #only payments
import { callApi } from './support/call-api.ts'
import { ADMIN_PAGES, APP_PAGES, AUTH_PAGES, DOCS_PAGES, PUBLIC_PAGES } from './support/page-paths.ts'

/** Opens pages in a browser, and gives what their policies refused. */
async function violationsOf(page: Page, paths: readonly string[], strict: boolean): Promise<string[]> {
  const refused: string[] = []
  await page.exposeFunction('noteViolation', (text: string) => refused.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const note: unknown = Reflect.get(window, 'noteViolation')
      if (typeof note === 'function')
        note(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}`)
    })
  })
  for (const path of paths) {
    const response = await page.goto(path)
    const { 'content-security-policy': policy = '', 'strict-transport-security': transport } =
      response?.headers() ?? {}
    expect(transport, path).toContain('max-age=')
    expect(policy, path).toContain("frame-ancestors 'none'")
    if (strict) expect(policy, path).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/)
    else expect(policy, path).not.toContain('nonce')
    await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
    if (strict && path !== '/nothing') await expect(page.locator('button:visible').first()).toBeVisible()
  }
  return refused
}

test('the public pages run under a policy that nothing of the request decides', async ({ page }) => {
  expect(await violationsOf(page, PUBLIC_PAGES, false)).toEqual([])
  const policies = [await page.goto('/'), await page.goto('/')].map(
    (answer) => answer?.headers()['content-security-policy'],
  )
  expect(policies[0]).toBe(policies[1])
})

test('the pages of who signs in run by nonce alone', async ({ page }) => {
  expect(await violationsOf(page, [...AUTH_PAGES, ...DOCS_PAGES, '/nothing'], true)).toEqual([])
})

test('the pages of who is signed in run by nonce alone, live balance included', async ({
  userPage: page,
}) => {
  const paths = [
    ...APP_PAGES,
    '/payment-success?payment_id=pay_unknown', // #only payments
  ]
  expect(await violationsOf(page, paths, true)).toEqual([])
  await new AppHeader(page).isLive()
})

// #region payments admin
test('the pages of an admin run by nonce alone', async ({ adminPage: page, userPage, user, sql }) => {
  const { id } = await buyPackage(userPage, sql)
  await callApi(page, '/api/admin/users/view', { userId: user.id, reason: 'Ticket 12' })
  const ofUser = ['', '/view/dashboard', '/view/billing'].map((path) => `/admin/users/${user.id}${path}`)
  const paths = [...ADMIN_PAGES, ...ofUser, `/admin/payments/${id}`]
  expect(await violationsOf(page, paths, true)).toEqual([])
})
// #endregion

test('a script that gets into a signed-in page does not run', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await page.evaluate(() => {
    const box = document.createElement('div')
    box.innerHTML = '<img src="x" onerror="document.title = \'taken\'">'
    document.body.append(box)
  })
  await expect(page.locator('img[src=x]')).toBeAttached()
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img[src=x]')?.complete)
  expect(await page.title()).not.toBe('taken')
})

test('the way from a public page to a form is a page of its own, with its own policy', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.waitForURL('**/login')
  const loaded = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.name)
  expect(loaded).toMatch(/\/login$/)
})

// #region text-generation
test('the theme is there before the first paint, and a tool runs', async ({ userPage: page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  const tool = new ExampleToolPage(page)
  await tool.open()
  await expect(page.locator('html')).toHaveClass(/dark/)
  await tool.write('One sentence stands here. Another one follows it.')
  await tool.run.click()
  await expect(tool.summary).toBeVisible()
})
// #endregion
