import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, CheckoutPage } from './pages/index.ts'
import { createAdminAccount } from './support/accounts.ts'
import { balanceOf, buy } from './support/ledger.ts'
import { COPY_TIMEOUT_MS } from './support/start-copy.ts'
import { startSecondCreditType } from './support/start-second-credit-type.ts'
import { stayOpen } from './support/stays-open.ts'

const GOOD_CARD = '4242 4242 4242 4242'
const TOOL = '/tools/caption'

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another build is made, and started on a stack of its own.')
test.describe.configure({ mode: 'serial' })

let running: Awaited<ReturnType<typeof startSecondCreditType>>
test.beforeAll(async () => {
  test.setTimeout(COPY_TIMEOUT_MS)
  running = await startSecondCreditType()
})
test.afterAll(() => running?.stop())

/** Expects the wallets with their balances in the menu that the header opens on a click. */
async function expectWallets(page: Page, wallets: RegExp[]): Promise<void> {
  await page.getByRole('banner').locator('button[data-status]').click()
  const items = page
    .getByRole('menu')
    .getByRole('menuitem')
    .filter({ has: page.locator('[data-wallet]') })
  await expect(items).toHaveText(wallets)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

/** The balance in the header, and whose it is. */
async function expectHeader(page: Page, wallet: string, balance: string) {
  const shown = new AppHeader(page).balance
  await expect(shown).toHaveAttribute('data-wallet', wallet)
  await expect(shown).toHaveText(balance)
}

const wallets = (page: Page) => page.getByRole('main').getByRole('navigation', { name: 'Wallets' })

test('a package of a second type is bought, seen everywhere at once, spent by its tool, and refunded', async ({
  openBrowser,
  user,
  mailbox,
}) => {
  test.slow()
  const { sql } = running
  const dashboard = await openBrowser(user)
  const tool = await dashboard.context().newPage()
  await dashboard.goto('/dashboard')
  await tool.goto(TOOL)
  for (const tab of [dashboard, tool]) await new AppHeader(tab).isLive()
  await expectHeader(dashboard, 'general', '100')
  await expectHeader(tool, 'image', '0')
  const stay = [dashboard, tool].map(stayOpen)

  await tool.getByLabel('Text').fill('A cat on a mat')
  const run = tool.getByRole('button', { name: 'Run · 1 image credit' })
  await expect(run).toBeDisabled()
  await expect(tool.getByText('You need 1 image credit more.')).toBeVisible()
  await expect(tool.getByRole('link', { name: 'Buy image credits' })).toBeVisible()

  const checkout = new CheckoutPage(await dashboard.context().newPage())
  const shop = checkout.page
  await shop.goto('/buy-credits?wallet=image')
  await expect(shop.getByRole('heading', { level: 2 }).first()).toHaveText('Image credits')
  const images = shop.getByRole('region', { name: 'Image credits' })
  await expect(images.getByText('500 image credits', { exact: true })).toBeVisible()
  await expect(images.getByText('$0.038 per image credit')).toBeVisible()
  await expect(images.getByText('Good for Caption')).toBeVisible()
  await expect(shop.getByRole('region', { name: 'Credits', exact: true }).first()).not.toContainText(
    'Caption',
  )
  await checkout.open('Image pack')
  await checkout.pay(GOOD_CARD)
  await expect(shop.getByRole('heading', { name: '500 image credits added' })).toBeVisible()
  await expect(shop.getByText('Your new balance is 500 image credits.')).toBeVisible()

  // Both tabs, and both wallets of each, without a reload.
  await expectHeader(tool, 'image', '500')
  await expect(run).toBeEnabled()
  await expectHeader(dashboard, 'general', '100')
  for (const tab of [dashboard, tool]) {
    await expectWallets(tab, [/^Credits\s*100$/, /^Image credits\s*500$/])
  }
  await expect(wallets(dashboard).getByRole('link', { name: 'Image credits' })).toContainText('500')

  await wallets(dashboard).getByRole('link', { name: 'Image credits' }).click()
  await expectHeader(dashboard, 'image', '500')
  await expect(dashboard.getByText('500 image credits: 500 bought')).toBeVisible()
  await expect(dashboard.getByRole('row').filter({ hasText: 'Image pack' })).toContainText('+500')

  await run.click()
  await expect(tool.getByText('Done: 1 image credit spent')).toBeVisible()
  await expect(tool.getByText('A CAT ON A MAT', { exact: true }).last()).toBeVisible()
  await expectHeader(tool, 'image', '499')
  await expectHeader(dashboard, 'image', '499')
  await expect(dashboard.locator('tr[data-seq]').filter({ hasText: 'Caption' })).toContainText('−1')
  expect(await balanceOf(sql, user.id)).toBe(100)

  const admin = await openBrowser(await createAdminAccount(sql))
  await admin.goto(`/admin/users/${user.id}`)
  await expect(admin.getByRole('row').filter({ hasText: 'Caption' })).toBeHidden()
  await wallets(admin).getByRole('link', { name: 'Image credits' }).click()
  await admin.getByRole('button', { name: 'Refund 1 image credit' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('The caption was wrong')
  await dialog.getByRole('button', { name: 'Refund' }).click()
  await expect(admin.getByText('Refunded 1 image credit')).toBeVisible()
  await expectHeader(tool, 'image', '500')
  await expectHeader(dashboard, 'image', '500')
  await expect(dashboard.getByRole('row').filter({ hasText: 'The caption was wrong' })).toContainText('+1')
  for (const tab of stay) tab.expectSame()
  expect(await balanceOf(sql, user.id)).toBe(100)

  await expect.poll(() => mailbox.subjects(user.email)).toEqual(['Receipt for Image pack: 500 image credits'])
})

test('an admin gives to the wallet that was chosen, and the list of users shows both', async ({
  openBrowser,
  user,
}) => {
  const { sql } = running
  const page = await openBrowser(user)
  await page.goto(TOOL)
  await new AppHeader(page).isLive()
  const admin = await openBrowser(await createAdminAccount(sql))
  await admin.goto(`/admin/users/${user.id}`)
  await admin.getByLabel('Wallet', { exact: true }).selectOption('Image credits')
  await admin.getByLabel('Credits', { exact: true }).fill('12')
  await admin.getByLabel('Reason').fill('A gift')
  await admin.getByRole('button', { name: 'Add credits' }).click()
  await expect(admin.getByText('Added 12 image credits')).toBeVisible()
  await expectHeader(page, 'image', '12')
  expect(await balanceOf(sql, user.id)).toBe(100)
  await admin.goto(`/admin/users?q=${user.email}`)
  await expect(admin.getByRole('row').filter({ hasText: user.email })).toContainText('12 image credits')
})

test('the history, its filters, its pages and its file are those of one wallet', async ({
  openBrowser,
  user,
}) => {
  const { sql } = running
  await buy(sql, user.id, { creditType: 'image', amount: 7 })
  const page = await openBrowser(user)
  await page.goto('/transactions?wallet=image')
  const rows = page.getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.last()).toContainText('+7')
  await page.getByRole('link', { name: 'Spent' }).click()
  await expect(page.getByText('No matching transactions')).toBeVisible()
  await page.getByRole('link', { name: 'Show all' }).click()
  await expect(rows.last()).toContainText('+7')
  const file = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')
  const csv = await (await page.request.get(file ?? '')).text()
  expect(csv.trimEnd().split('\n').slice(1)).toEqual([expect.stringMatching(/^1,.*,purchase,7,.*,image$/)])
  await wallets(page)
    .getByRole('link', { name: /^Credits/ })
    .click()
  await expect(rows.last()).toContainText('+100')
})

test('each wallet has a threshold of its own', async ({ openBrowser, user }) => {
  const { sql } = running
  const page = await openBrowser(user)
  await page.goto('/settings')
  const images = page.getByRole('form', { name: 'Image credits' })
  await images.getByLabel('When it falls below').fill('400')
  await images.getByRole('button', { name: 'Save' }).click()
  await expect(images.getByText('Saved.')).toBeVisible()
  const thresholds = await sql<{ credit_type: string; threshold: number }[]>`
    select credit_type, low_balance_threshold::int as threshold from credits
    where user_id = ${user.id} order by credit_type`
  expect([...thresholds]).toEqual([
    { credit_type: 'general', threshold: 20 },
    { credit_type: 'image', threshold: 400 },
  ])
})

test('the limit of a wallet stops its tools, and no others', async ({ openBrowser, user }) => {
  const { sql } = running
  await buy(sql, user.id, { creditType: 'image', amount: 10 })
  const page = await openBrowser(user)
  await page.goto(TOOL)
  await new AppHeader(page).isLive()
  for (const left of ['9', '8', '7']) {
    await page.getByLabel('Text').fill(`A picture of ${left}`)
    await page.getByRole('button', { name: /^Run/ }).click()
    await expectHeader(page, 'image', left)
  }
  await page.getByLabel('Text').fill('One too many')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByText('That was too often.')).toBeVisible()
  await expectHeader(page, 'image', '7')
})
