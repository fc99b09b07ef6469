import { expect, test } from './fixtures.ts'
import { AppHeader, CompareTextsPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { readLedger } from './support/ledger.ts'
import { buyByApi } from './support/subscribe.ts' // #only payments

const BEFORE = 'The harbor opened in 1874. Cats sleep. The town was rich.'
const AFTER = 'The harbor opened in 1887. The town was rich, for once.'

// #region payments
test('the price list has every tool, and says which membership one takes', async ({ page }) => {
  await page.goto('/pricing')
  const row = page.getByRole('row').filter({ hasText: 'Compare two texts' })
  await expect(row).toContainText('With Pro')
  await expect(row).toContainText('1 credit per 10,000 characters')
  await page.getByRole('radio', { name: 'Plans' }).check()
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Opens Compare two texts' }).first(),
  ).toBeVisible()
})

test('a tool above the membership leads to the plans before the click, and opens with one of them by itself', async ({
  userPage: page,
  user,
  sql,
}) => {
  const tool = new CompareTextsPage(page)
  await page.goto('/dashboard')
  await expect(tool.card).toHaveAttribute('href', '/buy-credits?show=plans')
  await page.goto('/tools')
  await new AppHeader(page).isLive()
  await expect(page.getByRole('region', { name: 'With Pro' })).toContainText('1 credit per 10,000 characters')
  await expect(tool.card).toContainText('Opens with Pro monthly')
  await tool.card.click()
  await expect(page).toHaveURL('/buy-credits?show=plans')
  const plan = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Subscribe to Pro monthly' }) })
  await expect(plan).toContainText('Opens Compare two texts')

  await tool.open()
  await expect(tool.locked).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'See plans' })).toHaveAttribute(
    'href',
    '/buy-credits?show=plans',
  )

  const gallery = await page.context().newPage()
  await gallery.goto('/tools')
  await new AppHeader(gallery).isLive()
  await buyByApi(page, 'pro-monthly')
  await tool.write(BEFORE, AFTER)
  await expect(tool.locked).toBeHidden()
  await expect(new CompareTextsPage(gallery).card).toHaveAttribute('href', '/tools/compare-texts')

  await tool.run.click()
  await expect(tool.result).toContainText('1 added, 1 removed, 1 replaced')
  await expect(tool.result.locator('del')).toContainText(['1874', 'Cats'])
  await expect(tool.result.locator('ins')).toContainText(['1887', 'for once'])
  await expect(tool.result).toContainText('1 credit spent')
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 599,
    rows: ['signup_bonus 100', 'subscription_grant 500', 'deduction -1'],
  })
})
// #endregion

test('who asks past the page is refused, and pays nothing', async ({ userPage: page, user, sql }) => {
  const input = { before: BEFORE, after: AFTER }
  const claims: Record<string, string>[] = [{}, { 'x-tier': 'pro' }, { 'x-membership-tier': 'enterprise' }]
  for (const claim of claims) {
    expect(await callApi(page, '/api/tools/compare-texts', input, claim)).toMatchObject({
      status: 403,
      body: { error: 'membership_required', required_tier: 'pro' },
    })
  }
  expect(await callApi(page, '/api/tools/compare-texts', { ...input, tier: 'pro' })).toMatchObject({
    status: 400,
  })
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})

test('a membership that ends while the page is open is told at the button, and pays nothing', async ({
  userPage: page,
  user,
  sql,
}) => {
  await sql`update profiles set membership_tier = 'pro', membership_expires_at = null where id = ${user.id}`
  const tool = new CompareTextsPage(page)
  await tool.open()
  await tool.write(BEFORE, AFTER)
  await sql`update profiles set membership_tier = null where id = ${user.id}`
  await tool.run.click()
  await expect(page.getByText('This needs the Pro membership.')).toBeVisible()
  await expect(page.getByLabel('First version')).toHaveValue(BEFORE)
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})
