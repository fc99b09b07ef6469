import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'

test('a page is found by a few letters, with the keyboard alone', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await new AppHeader(page).isLive()
  await page.keyboard.press('Control+k')
  const search = page.getByRole('combobox', { name: 'Search' })
  await expect(search).toBeFocused()
  await search.pressSequentially('sett')
  await expect(page.getByRole('option', { name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('option', { name: 'Dashboard' })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/settings')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('what is no page is looked for among transactions', async ({ userPage: page }) => {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
  await page.keyboard.type('zebra & co')
  await expect(page.getByRole('option')).toHaveText(['Transactions with “zebra & co”'])
  await page.getByRole('option').click()
  await expect(page).toHaveURL('/transactions?q=zebra%20%26%20co')
})

// #region admin
test('an admin looks for users, too', async ({ adminPage: page }) => {
  await page.goto('/dashboard')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
  await page.keyboard.type('ada@')
  await page.getByRole('option', { name: 'Users with “ada@”' }).click()
  await expect(page).toHaveURL(/\/admin\/users\?q=ada(@|%40)$/)
})
// #endregion

test('Escape leaves the search, and the focus returns to where it was', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  const button = page.getByRole('button', { name: 'Search' })
  await button.click()
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(button).toBeFocused()
})
