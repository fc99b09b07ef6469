import { expect, test } from './fixtures.ts'
import { AdminUserPage, AppHeader } from './pages/index.ts'
import { balanceOf, charge } from './support/ledger.ts'

// #region admin
test('an admin refunds a charge from the page of its user, and the user sees it arrive', async ({
  adminPage,
  userPage,
  user,
  sql,
}) => {
  await charge(sql, user.id, { amount: 10, description: 'Draw a social card' })
  await userPage.goto('/transactions')
  await expect(new AppHeader(userPage).balance).toHaveText('90')
  await new AdminUserPage(adminPage).find(user.email)
  const refund = async (reason: string, amount?: string) => {
    await adminPage.getByRole('button', { name: 'Refund 10 credits' }).click()
    const dialog = adminPage.getByRole('dialog')
    if (amount) await dialog.getByLabel('Credits').fill(amount)
    await dialog.getByLabel('Reason').fill(reason)
    await dialog.getByRole('button', { name: 'Refund' }).click()
    return dialog
  }
  await refund('It was blurred', '4')
  await expect(adminPage.getByText('Refunded 4 credits')).toBeVisible()
  await expect(new AppHeader(userPage).balance).toHaveText('94')
  await refund('It was blurred all over')
  await expect(adminPage.getByText('Refunded 6 credits')).toBeVisible()
  await expect(new AdminUserPage(adminPage).auditEntry('It was blurred all over')).toContainText(
    'gave 6 credits of a charge back',
  )
  const dialog = await refund('Once more')
  await expect(dialog.getByRole('alert')).toContainText('This transaction has already been refunded.')
  expect(await balanceOf(sql, user.id)).toBe(100)
})

test('an admin gives a membership until a day, and has a ledger proved', async ({
  adminPage: page,
  user,
}) => {
  await new AdminUserPage(page).find(user.email)
  await page.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Until').fill('2099-05-01')
  await dialog.getByLabel('Reason').fill('A gift')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Pro, until May 1, 2099', { exact: true })).toBeVisible()
  await expect(new AdminUserPage(page).auditEntry('A gift')).toContainText(
    'the membership pro, until May 1, 2099',
  )

  await page.getByRole('button', { name: 'Verify ledger' }).click()
  await expect(page.getByText('Everything adds up')).toBeVisible()
})
// #endregion
