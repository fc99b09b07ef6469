import type { Page } from '@playwright/test' // #only payments
import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts' // #only payments
import { expectAccessible } from './support/expect-accessible.ts'

// #region payments
/** Breaks whatever polls from now on; gives a way to mend it. */
async function breakPolling(page: Page): Promise<() => Promise<void>> {
  const real = await page.evaluateHandle(() => window.setInterval)
  await page.evaluate(() => {
    window.setInterval = (() => {
      throw new Error('Taken away by a test.')
    }) as never
  })
  return () => page.evaluate((setInterval) => void Object.assign(window, { setInterval }), real)
}

test('a page that breaks says so in its place, and works again when it is asked once more', async ({
  userPage: page,
}) => {
  await page.goto('/settings')
  await new AppHeader(page).isLive()
  const mend = await breakPolling(page)
  await page.getByRole('link', { name: 'Billing' }).click()
  const broken = page.getByRole('heading', { name: 'This page could not be shown' })
  await expect(broken).toBeVisible()
  await expectAccessible(page, 'a page that broke')
  await mend()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible()
})
// #endregion

test('a frame that breaks leaves a page with a way out', async ({ userPage: page }) => {
  await page.addInitScript(() => {
    Intl.NumberFormat = (() => {
      throw new Error('Taken away by a test.')
    }) as never
  })
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
  await expectAccessible(page, 'a frame that broke')
  await expect(page.getByRole('link', { name: 'Home page' })).toHaveAttribute('href', '/')
})

test('an app that breaks leaves a page with a way to load it again', async ({ page }) => {
  await page.addInitScript(() => {
    const { addEventListener } = window
    window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      // By which the theme of one tab follows that of another.
      if (String(args[0]) === 'storage') throw new Error('Taken away by a test.')
      return addEventListener(...args)
    }
  })
  await page.goto('/')
  await expect(page.getByText('The app could not start.')).toBeVisible()
  await expectAccessible(page, 'an app that broke')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
})
