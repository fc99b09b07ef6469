import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage } from './pages/index.ts' // #only text-generation

// #region text-generation
const TEXT = 'The harbour opened in 1887. It made the town rich. Cats sleep in the sun.'

test('the gallery shows every tool with its price, and leads to it', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'All tools' }).click()
  await expect(page).toHaveURL('/tools')
  const tools = page.getByRole('region', { name: 'For everybody' })
  const card = tools.getByRole('link', { name: 'Summarize a text' })
  await expect(card).toContainText('1 to 2 credits a run')
  await card.click()
  await expect(page).toHaveURL('/example-tool')
})

test('what is typed and chosen stays across pages, until it has been run', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await page.clock.install()
  await tool.open()
  await new AppHeader(page).isLive()
  await page.clock.pauseAt(Date.now() + 60_000)
  await tool.choose('Detailed')
  await tool.write(TEXT)
  await tool.leave()
  await page.clock.resume()
  await tool.open()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(TEXT)
  await expect(page.getByRole('radio', { name: 'Detailed' })).toBeChecked()
  await expect(tool.run).toHaveText('Summarize · 2 credits')

  await tool.run.click()
  await expect(tool.summary).toContainText('2 credits spent')
  await tool.open()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('')
})

test('signing out leaves nothing of what was typed in the browser', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  const kept = () => page.evaluate(() => JSON.stringify(window.sessionStorage))
  await expect.poll(kept).toContain('harbour')
  await page.getByTestId('user-menu').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/login')
  expect(await kept()).not.toContain('harbour')
})

test('what one person typed is not there for the next one in the same tab', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await page.goto('/settings')
  await page.evaluate(() => {
    const draft = { path: '/example-tool', fields: { text: 'Of somebody else' }, choices: {} }
    window.sessionStorage.setItem('tool-drafts', JSON.stringify({ user: 'somebody-else', drafts: [draft] }))
  })
  await tool.open()
  await new AppHeader(page).isLive()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('')
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(window.sessionStorage)))
    .not.toContain('somebody else')
})

test('a summary is copied and saved, and its run is listed below', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await tool.open()
  await tool.write(TEXT)
  await tool.run.click()
  await expect(tool.summary).toContainText('1 credit spent')
  await expect(page.getByRole('region', { name: 'Result' })).toBeFocused()
  await tool.summary.getByRole('button', { name: 'Copy' }).click()
  await expect(tool.summary.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('The harbour opened')
  const download = page.waitForEvent('download')
  await tool.summary.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toBe('summary.txt')
  const runs = page.locator('tr[data-run]')
  await expect(runs).toHaveCount(1)
  await expect(runs).toContainText('1 credit')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('a result comes into view', async ({ userPage: page }) => {
    const tool = new ExampleToolPage(page)
    await tool.open()
    await tool.write(TEXT)
    await tool.run.click()
    await expect(tool.summary.getByText('Summary', { exact: true })).toBeInViewport()
  })
})
// #endregion
