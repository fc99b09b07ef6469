import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'
import { charge } from './support/ledger.ts'

test.use({ colorScheme: 'dark', viewport: { width: 1280, height: 800 } })

test('a page is printed without what leads elsewhere, and dark on white', async ({
  userPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { description: 'Short summary' })
  await page.goto('/transactions')
  await new AppHeader(page).isLive()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(page.getByTestId('credit-balance')).toBeHidden()
  const heading = page.getByRole('heading', { level: 1, name: 'Transactions' })
  await expect(heading).toBeVisible()
  await expect(page.getByText('Short summary')).toBeVisible()
  const { left, lightness } = await heading.evaluate((element) => ({
    left: element.getBoundingClientRect().left,
    lightness: Number(/(?:oklch|lab)\(([\d.]+)/.exec(getComputedStyle(element).color)?.[1]),
  }))
  expect(left).toBeLessThan(40)
  // Lab counts to 100, oklch to 1.
  expect(lightness > 1 ? lightness / 100 : lightness).toBeLessThan(0.4)
})
