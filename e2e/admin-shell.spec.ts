import { expect, test } from './fixtures.ts'

test('the admin area has a navigation of its own, and leads back to the app', async ({ adminPage: page }) => {
  await page.goto('/dashboard')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }).click()
  await page.waitForURL('/admin')
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
  const menu = page.getByRole('navigation', { name: 'Admin' })
  await expect(menu.locator('[aria-current=page]')).toHaveText('Overview')
  await menu.getByRole('link', { name: 'Users' }).click()
  await page.waitForURL('/admin/users')
  await expect(menu.locator('[aria-current=page]')).toHaveText('Users')
  await menu.getByRole('link', { name: 'Back to the app' }).click()
  await page.waitForURL('/dashboard')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('its pages are behind the menu', async ({ adminPage: page }) => {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Open menu' }).click()
    const menu = page.getByRole('dialog').getByRole('navigation', { name: 'Admin' })
    await menu.getByRole('link', { name: 'Audit' }).click()
    await page.waitForURL('/admin/audit')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(320)
  })
})

test('the title of a page says whose it is', async ({ adminPage: page, user }) => {
  await page.goto(`/admin/users/${user.id}`)
  await expect(page).toHaveTitle(new RegExp(user.email.replaceAll('.', '\\.')))
})

test('what is not there is told so within the frame', async ({ adminPage: page }) => {
  for (const [path, heading] of [
    ['/admin/no-such-page', 'There is nothing here'],
    ['/admin/users/no-such-user/below', 'There is nothing here'],
    ['/admin/users/no-such-user', 'User'],
    // #region payments
    [`/admin/payments/${crypto.randomUUID()}`, 'Payment'],
    ['/admin/webhooks/no-such-event', 'Event'],
    // #endregion
  ] as const) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Admin' })).toBeVisible()
  }
})
