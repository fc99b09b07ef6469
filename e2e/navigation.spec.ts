import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage } from './pages/index.ts' // #only text-generation
import { DOCS_PAGES } from './support/page-paths.ts'

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

  const paths = [
    '/',
    '/pricing', // #only payments
    ...['/help', '/terms', '/privacy', ...DOCS_PAGES],
  ]
  for (const path of paths) {
    test(`${path} is not wider than the screen`, async ({ page }) => {
      await page.goto(path)
      await expect(page.getByRole('button', { name: 'Open menu' })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    })
  }

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

// #region text-generation
test('what is typed before the scripts of a page have come is not lost', async ({ userPage: page }) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await released
    await route.continue()
  })
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
