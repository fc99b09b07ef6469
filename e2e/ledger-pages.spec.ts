import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { AdminUserPage, AppHeader } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { balanceOf, buy, charge } from './support/ledger.ts'

const text = 'The harbour opened in 1887. It made the town rich.'

test('the ledger shows one kind of rows at a time, and gives the same as CSV', async ({
  userPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { times: 22, description: 'A run' })
  await buy(sql, user.id, { description: 'Pro package' })
  await page.goto('/transactions')
  const rows = page.getByRole('row')
  await expect(rows).toHaveCount(21)
  await page.getByRole('link', { name: 'Added' }).click()
  await expect(rows).toHaveCount(3)
  await expect(rows.filter({ hasText: 'Pro package' })).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv.trimEnd().split('\n')).toHaveLength(3)

  await page.getByRole('link', { name: 'Spent' }).click()
  await expect(rows).toHaveCount(21)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(page).toHaveURL(/show=spent/)
  await expect(rows).toHaveCount(3)
  await page.getByRole('link', { name: 'Expired' }).click()
  await expect(page.getByText('No transactions of this kind')).toBeVisible()
})

test('a row says why it is there', async ({ userPage: page, user, sql }) => {
  await buy(sql, user.id, { amount: 1, days: 5, description: 'Trial' })
  await callApi(page, '/api/example-protected', { text, complexity: 'high' })
  await page.goto('/transactions')
  await page.getByRole('button', { name: 'Why −2' }).click()
  const why = page.getByRole('dialog', { name: 'Summarize a text' })
  for (const detail of [
    'text-generation × complexity',
    'high',
    '1 of Trial until',
    '1 credit without expiry',
    'Finished',
  ]) {
    await expect(why).toContainText(detail)
  }
  await page.keyboard.press('Escape')
  await expect(why).toBeHidden()
})

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
  await expect(page.getByText('Pro, until May 1, 2099')).toBeVisible()
  await expect(new AdminUserPage(page).auditEntry('A gift')).toContainText(
    'the membership pro, until May 1, 2099',
  )

  await page.getByRole('button', { name: 'Verify ledger' }).click()
  await expect(page.getByText('Everything adds up')).toBeVisible()
})
// #endregion
