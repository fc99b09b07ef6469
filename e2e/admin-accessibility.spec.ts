import { expect, test } from './fixtures.ts'
import { AdminPaymentPage, AdminUserPage, AppHeader } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { expectAccessible, PHONE } from './support/expect-accessible.ts'
import { expectLayersAccessible, layer } from './support/expect-layers-accessible.ts'
import { charge } from './support/ledger.ts'

const LONG_REASON = `${'a-very-long-name-'.repeat(8)}.png`

// #region payments
test('a payment refund that is to be confirmed can be used by every admin', async ({
  userPage,
  adminPage: page,
  sql,
}) => {
  const { id } = await buyPackage(userPage, sql)
  const payment = new AdminPaymentPage(page)
  await payment.open(id)
  await payment.review(LONG_REASON, '1.00')
  await expect(payment.confirmation).toBeVisible()
  await expectAccessible(page, 'confirmation')
  await payment.confirm.click()
  await expect(payment.refund(LONG_REASON)).toBeVisible()
  await expectAccessible(page, 'refunded')
})

test('what opens on the packages can be used by every admin', async ({ adminPage: page }) => {
  await page.goto('/admin/packages')
  await new AppHeader(page).isLive()
  await expectLayersAccessible(page, ['New package', 'Edit Pro'])
})
// #endregion

test('what opens on the page of a user can be used by every admin', async ({
  adminPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { description: LONG_REASON })
  await new AdminUserPage(page).open(user.id)
  await page.getByRole('button', { name: 'Verify ledger' }).click()
  await expect(page.getByText('Everything adds up')).toBeVisible()
  await expectAccessible(page, 'user')
  await expectLayersAccessible(page, [
    'Refund 1 credit',
    'Change',
    'Give',
    'Sign out everywhere',
    'Make admin',
    'Ban',
    'Close account',
    'View as',
  ])
})

test('a correction that is refused, and one that was made, can be read by every admin', async ({
  adminPage: page,
  user,
}) => {
  const userPage = new AdminUserPage(page)
  await userPage.open(user.id)
  await userPage.adjust('Remove', 1_000, 'More than there is')
  await expect(userPage.refusal).toBeVisible()
  await expectAccessible(page, 'refused')
  await userPage.adjust('Add', 1_000, LONG_REASON)
  await expect(userPage.auditEntry(LONG_REASON)).toBeVisible()
  await expectAccessible(page, 'done')
})

test('the menu of the admin area can be used by every admin', async ({ adminPage: page }) => {
  await page.setViewportSize(PHONE)
  await page.goto('/admin')
  await new AppHeader(page).isLive()
  await page.getByRole('button', { name: 'Open menu' }).click()
  await expect(layer(page)).toBeVisible()
  await expectAccessible(page, 'menu', [PHONE])
})
