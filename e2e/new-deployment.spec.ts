import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage, LoginPage } from './pages/index.ts'

/** Makes the server take a page for one of an earlier deployment, until it is loaded again. */
async function deploy(page: Page): Promise<void> {
  let isOver = false
  await page.route('**/*', async (route) => {
    const headers = route.request().headers()
    if (isOver || !headers['next-action']) return route.fallback()
    isOver = true
    await route.continue({ headers: { ...headers, 'next-action': `40${'ab'.repeat(20)}` } })
  })
}

test('who signs in on a page of an earlier deployment gets the new one, with what was typed', async ({
  page,
  user,
}) => {
  const login = new LoginPage(page)
  await login.open()
  await deploy(page)
  await login.signIn(user)
  await expect(page.getByText('A new version of this page was loaded.')).toBeVisible()
  await expect(login.email).toHaveValue(user.email)
  await expect(login.password).toHaveValue('')
  await login.signIn(user)
  await page.waitForURL('**/dashboard')
})

test('who saves on a page of an earlier deployment does not lose the form', async ({ userPage: page }) => {
  await page.goto('/settings')
  await deploy(page)
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('A new version of this page was loaded.')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Ada Lovelace')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
})

// #region text-generation
test('what a platform answers in place of the app says what it is', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await new AppHeader(page).isLive()
  await tool.write('One sentence stands here. Another one follows it.')
  for (const [status, sentence] of [
    [413, 'too large'],
    [502, 'not available'],
    [504, 'took too long'],
  ] as const) {
    const answer = { status, contentType: 'text/html', body: '<html><h1>Refused</h1></html>' }
    await page.route('**/api/example-protected', (route) => route.fulfill(answer), { times: 1 })
    await tool.run.click()
    await expect(page.getByText(sentence)).toBeVisible()
  }
})

test('a session that ends during a run leads to the login page and back, with what was typed', async ({
  userPage: page,
  user,
}) => {
  const text = 'One sentence stands here. Another one follows it.'
  const tool = new ExampleToolPage(page)
  await tool.open()
  await new AppHeader(page).isLive()
  await tool.write(text)
  await page.context().clearCookies()
  await tool.run.click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/login?next=*')
  await new LoginPage(page).signIn(user)
  await page.waitForURL('**/example-tool')
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(text)
  await tool.run.click()
  await expect(tool.summary).toBeVisible()
})

test('a run works over plain http from another machine, where browsers lack crypto.randomUUID', async ({
  userPage: page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'))
  const tool = new ExampleToolPage(page)
  await tool.open()
  expect(await page.evaluate(() => 'randomUUID' in crypto)).toBe(false)
  await tool.write('One sentence stands here. Another one follows it.')
  await tool.run.click()
  await expect(tool.summary).toBeVisible()
})
// #endregion

test('a browser that is offline, or whose sockets are blocked, says so beside the balance', async ({
  userPage: page,
}) => {
  await page.goto('/dashboard')
  await new AppHeader(page).isLive()
  await page.context().setOffline(true)
  await expect(page.getByRole('banner').getByText('Offline')).toBeVisible()
  await page.context().setOffline(false)
  await new AppHeader(page).isLive()
  await page.routeWebSocket(/realtime/, (socket) => socket.close())
  await page.reload()
  await expect(page.getByRole('banner').getByText('Delayed')).toBeVisible({ timeout: 30_000 })
})
