import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage, LoginPage } from './pages/index.ts'
import { charge } from './support/ledger.ts'
import { APP_PAGES, AUTH_PAGES, PUBLIC_PAGES } from './support/page-paths.ts'
import { subscribe } from './support/subscribe.ts' // #only payments
import { translate } from './support/translate.ts'

const VALUES: Record<string, string> = { email: 'nobody@example.com', number: '1', password: 'a wrong one' }

/** Fills what is empty, so that the buttons have something to send. A search would take away what they stand by. */
async function fillIn(page: Page): Promise<void> {
  for (const field of await page.locator('input:visible:enabled, textarea:visible').all()) {
    const type = (await field.getAttribute('type')) ?? 'text'
    if (!/text|email|password|number/.test(type) || (await field.inputValue()) !== '') continue
    await field.fill(
      VALUES[type] ?? 'Ships carried coal. The harbor made the town rich. Then the railway came.',
    )
  }
}

/** React has taken over what the server rendered. */
async function isInteractive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const buttons = [...document.querySelectorAll('button')].filter((button) => button.checkVisibility())
    return buttons.every((button) => Object.keys(button).some((key) => key.startsWith('__reactProps')))
  })
}

/** Presses each button of a page that is translated before and after, and what opens on it once more. */
async function pressEverything(page: Page, path: string): Promise<void> {
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', ({ message }) => errors.push(message))
  const open = async () => {
    await page.goto(path)
    // What was streamed may stay in the document, hidden, where React has rendered it anew.
    await expect(page.locator('h1:visible').first()).toBeVisible()
    await isInteractive(page)
    await fillIn(page)
    await translate(page)
  }
  const buttons = page.locator('button:visible:enabled')
  for (let index = 0; ; index++) {
    await open()
    if (index >= (await buttons.count())) return
    const name = `${path}: ${await buttons.nth(index).textContent()}`
    await buttons.nth(index).click()
    await expect(page.locator('button[aria-busy=true]'), name).toHaveCount(0)
    await translate(page)
    const inDialog = page.locator('[role=dialog] button:enabled, [role=alertdialog] button:enabled')
    if ((await inDialog.count()) > 0) {
      await fillIn(page)
      await inDialog.last().click()
      await expect(page.locator('button[aria-busy=true]'), name).toHaveCount(0)
      await translate(page)
    }
    await expect(page.getByRole('heading', { name: /could not be shown|Something went wrong/ })).toHaveCount(
      0,
    )
    const crashes = errors.filter((text) => /NotFoundError|removeChild|insertBefore/.test(text))
    expect(crashes, name).toEqual([])
  }
}

for (const path of [...PUBLIC_PAGES, ...AUTH_PAGES]) {
  test(`a visitor may translate ${path} and press everything`, async ({ page }) => {
    test.slow()
    await pressEverything(page, path)
  })
}

for (const path of APP_PAGES) {
  test(`who is signed in may translate ${path} and press everything`, async ({
    userPage: page,
    user,
    sql,
  }) => {
    test.slow()
    await charge(sql, user.id)
    await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' }) // #only payments
    await pressEverything(page, path)
  })
}

// #region admin
test('an admin may translate the page of a user and press everything', async ({
  adminPage: page,
  user,
  sql,
}) => {
  test.slow()
  await charge(sql, user.id)
  await pressEverything(page, `/admin/users/${user.id}`)
})
// #endregion

test('a translated page still shows the refusal of a sign-in, and lets one try again', async ({
  page,
  user,
}) => {
  const login = new LoginPage(page)
  await login.open()
  for (const password of ['wrong', 'wrong again']) {
    await translate(page)
    await login.signIn({ email: user.email, password })
    await expect(login.message).toBeVisible()
  }
  await translate(page)
  await login.signIn(user)
  await page.waitForURL('**/dashboard')
})

// #region text-generation
test('a translated page still shows what changes: the balance, the price and the result', async ({
  userPage: page,
  user,
  sql,
}) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await new AppHeader(page).isLive()
  await translate(page)
  await charge(sql, user.id, { times: 3 })
  await expect(page.getByTestId('credit-balance')).toHaveText('97')
  await tool.write('One sentence stands here. Another one follows it. A third one ends the text.')
  const short = await tool.run.textContent()
  await tool.choose('Detailed')
  await expect(tool.run).not.toHaveText(short ?? '')
  await translate(page)
  for (const length of ['Short', 'Detailed'] as const) {
    await tool.choose(length)
    const cost = (await tool.run.textContent())?.split(' · ')[1] ?? ''
    await tool.run.click()
    await expect(tool.summary).toContainText(`${cost} spent`)
    await translate(page)
  }
})
// #endregion
