import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage } from './pages/index.ts'
import { holdRequests } from './support/hold-requests.ts'

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('a visitor finds the way in, and the menu', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('link', { name: 'Get started' })).toBeVisible()
    await page.getByRole('button', { name: 'Open menu' }).click()
    const menu = page.getByRole('dialog').getByRole('navigation', { name: 'Main' })
    await menu.getByRole('link', { name: 'How it works' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page).toHaveURL('/#how-it-works')
    await page.getByRole('button', { name: 'Open menu' }).click()
    await menu.getByRole('link', { name: 'Sign in' }).click()
    await expect(page).toHaveURL('/login')
  })

  test('who is signed in finds every page in groups', async ({ userPage: page }) => {
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Open menu' }).click()
    const menu = page.getByRole('dialog').getByRole('navigation', { name: 'Main' })
    await expect(menu.getByRole('list', { name: 'Account' }).getByRole('link')).toHaveText([
      'Settings',
      'Help',
    ])
    await menu.getByRole('list', { name: 'Tools' }).getByRole('link', { name: 'Runs' }).click()
    await expect(page).toHaveURL('/runs')
    await expect(page.getByRole('dialog')).toBeHidden()
  })
})

test('help says how to reach who runs the service', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }).click()
  await expect(page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'support@example.test' })).toHaveAttribute(
    'href',
    'mailto:support@example.test',
  )
})

test('what is not there is a 404 within the frame of who is signed in', async ({ userPage: page }) => {
  for (const path of [
    '/transactions/nonsense',
    '/tools/nonsense',
    '/tools/nonsense/below',
    '/runs/nonsense',
    '/settings/some/where',
    '/nothing-here',
    '/admin', // #only admin
    '/admin/nonsense', // #only admin
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible()
    const menu = page.getByRole('navigation', { name: 'Main' })
    await expect(menu.getByRole('link', { name: 'Transactions' }), path).toBeVisible()
    await expect(page.getByRole('link', { name: 'Dashboard' }).last()).toHaveAttribute('href', '/dashboard')
  }
})

test('a visitor is asked to sign in at addresses below signed-in pages, and told of nothing elsewhere', async ({
  page,
}) => {
  await page.goto('/transactions/nonsense')
  await expect(page).toHaveURL('/login?next=%2Ftransactions%2Fnonsense')
  for (const path of ['/nonsense', '/pricing/nonsense', '/transactionsnonsense']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  }
})

/** Lets nothing through that the router asks for, until `release` is called. */
const holdNavigations = (page: Page) => holdRequests(page, (url) => url.searchParams.has('_rsc'))

for (const [what, leave] of [
  ['link', (page: Page) => page.getByRole('link', { name: 'Settings' }).first().click()],
  [
    'command',
    async (page: Page) => {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('combobox', { name: 'Search' }).fill('Settings')
      await page.getByRole('option', { name: 'Settings', exact: true }).click()
    },
  ],
] as const) {
  test(`a bar says that the page is on its way which a ${what} leads to`, async ({ userPage: page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const release = await holdNavigations(page)
    await page.goto('/transactions')
    await new AppHeader(page).isLive()
    const bar = page.getByRole('progressbar', { name: 'Loading page' })
    await expect(bar).toBeHidden()
    await leave(page)
    await expect(bar).toBeVisible()
    await expect(bar).toHaveCSS('animation-name', 'none')
    await expect(page.getByRole('heading', { level: 1, name: 'Transactions' })).toBeVisible()
    release()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(bar).toBeHidden()
    // What is prefetched is there at once.
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1, name: 'Transactions' })).toBeVisible()
    await expect(bar).toBeHidden()
  })
}

// #region text-generation
test('what is typed before the scripts of a page have come is not lost', async ({ userPage: page }) => {
  const release = await holdRequests(page, '**/*.js')
  await page.goto('/example-tool', { waitUntil: 'commit' })
  const tool = new ExampleToolPage(page)
  await tool.write('The harbor opened in 1887. It made the town rich.')
  release()
  await new AppHeader(page).isLive()
  await tool.leave()
  await tool.open()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(/1887/)
  await tool.run.click()
  await expect(tool.summary).toContainText('1887')
})
// #endregion
