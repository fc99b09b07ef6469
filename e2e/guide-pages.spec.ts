import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'
import { COPY_TIMEOUT_MS } from './support/start-copy.ts'
import { startGuidePages } from './support/start-guide-pages.ts'

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another build is made, and started on a stack of its own.')

let running: Awaited<ReturnType<typeof startGuidePages>>
test.beforeAll(async () => {
  test.setTimeout(COPY_TIMEOUT_MS)
  running = await startGuidePages()
})
test.afterAll(() => running?.stop())

test('the pages of the field guides work as they are pasted', async ({ userPage: page }) => {
  await page.goto('/guide')
  await new AppHeader(page).isLive()

  const tool = page.getByRole('region', { name: 'Tool', exact: true })
  await tool.getByRole('textbox').fill('The harbour opened in 1887. It made the town rich.')
  await tool.getByRole('button', { name: 'Generate' }).click()
  await expect(tool.getByText('1887')).toBeVisible()
  await expect(page.getByRole('region', { name: 'New tool' }).getByText('Current Balance: 99')).toBeVisible()

  const balances = page.getByRole('region', { name: 'Balances' })
  await expect(balances.getByText('General: ')).toBeVisible()
  await balances.getByRole('button', { name: 'Check' }).click()
  await expect(balances.getByRole('status')).toHaveText('Need 4901 more credits')
  // #region payments
  await balances.getByRole('button', { name: 'Buy nothing' }).click()
  await expect(balances.getByRole('status')).toHaveText('This package is not for sale.')
  // #endregion
})
