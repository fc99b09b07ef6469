import { expect, test } from './fixtures.ts'
import { AdminPaymentPage, AdminUserPage, AppHeader } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { expectFocusKept, pressByKey, tabTo, typeByKey } from './support/keyboard.ts'
import { balanceOf } from './support/ledger.ts'

test('an admin finds a user, corrects the balance and bans by keyboard alone', async ({
  adminPage: page,
  user,
  sql,
}) => {
  await page.goto('/admin')
  await new AppHeader(page).isLive()
  const menu = page.getByRole('complementary').getByRole('navigation')
  await pressByKey(menu.getByRole('link', { name: 'Users' }))
  await typeByKey(page.getByRole('searchbox', { name: 'Search' }), user.email)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.get('q') === user.email)
  await pressByKey(page.getByRole('row').getByRole('link', { name: user.email }))
  await page.waitForURL(/\/admin\/users\/[0-9a-f-]{36}/)
  await new AppHeader(page).isLive()

  const userPage = new AdminUserPage(page)
  await typeByKey(page.getByLabel('Credits', { exact: true }), '7')
  await typeByKey(page.getByLabel('Reason'), 'A lost run')
  await pressByKey(page.getByRole('button', { name: 'Add credits' }))
  await expect(userPage.auditEntry('A lost run')).toBeVisible()
  await expectFocusKept(userPage.auditEntry('A lost run'))
  expect(await balanceOf(sql, user.id)).toBe(107)

  const ban = page.getByRole('main').getByRole('button', { name: 'Ban', exact: true })
  await pressByKey(ban)
  const sheet = page.getByRole('dialog')
  await expect(sheet.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(ban).toBeFocused()
  await page.keyboard.press('Enter')
  await typeByKey(sheet.getByLabel('Reason'), 'Chargebacks again')
  await pressByKey(sheet.getByRole('button', { name: 'Ban user' }))
  await expect(userPage.badge('Banned')).toBeVisible()
  await expectFocusKept(userPage.badge('Banned'))
})

// #region payments
test('an admin gives a part of a payment back by keyboard alone', async ({
  userPage,
  adminPage: page,
  sql,
}) => {
  const { id } = await buyPackage(userPage, sql)
  const payment = new AdminPaymentPage(page)
  await payment.open(id)
  await tabTo(page.getByRole('radio', { checked: true }))
  await page.keyboard.press('ArrowRight')
  const part = page.getByRole('radio', { name: 'An amount' })
  await expect(part).toBeFocused()
  await page.keyboard.press('Space')
  await expect(part).toBeChecked()
  await typeByKey(page.getByLabel(/^Amount in/), '1.00')
  await typeByKey(page.getByLabel('Reason'), 'Unhappy with it')
  await pressByKey(page.getByRole('button', { name: 'Review refund' }))
  await expect(payment.confirmation).toBeFocused()
  await pressByKey(payment.confirm)
  await expect(payment.refund('Unhappy with it')).toBeVisible()
  await expectFocusKept(payment.refund('Unhappy with it'))
})
// #endregion
