import { expect, type Page } from '@playwright/test'
import { CAST } from '../demo/people.ts'
import type { Scene } from './scene.ts'

const press = async (page: Page, name: string | RegExp) => {
  await page.getByRole('button', { name }).first().click()
}

/** What opens on a page, and what a page becomes when something is done there. */
export const DIALOGS: readonly Scene[] = [
  {
    name: 'login-refused',
    path: '/login',
    async act(page) {
      await page.getByLabel('E-mail', { exact: true }).fill('user@example.test')
      await page.getByLabel('Password', { exact: true }).fill('not-the-password')
      await press(page, /^Sign in$/)
      await expect(page.locator('form').getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'command-menu',
    path: '/dashboard',
    as: 'uma',
    async act(page) {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
    },
  },
  {
    name: 'transaction-explained',
    path: '/transactions',
    as: 'uma',
    async act(page) {
      await press(page, /, −\d/)
      await expect(page.getByRole('dialog').getByText('Paid with')).toBeVisible()
    },
  },
  // #region text-generation
  {
    name: 'tool-result',
    path: '/example-tool',
    as: 'uma',
    async act(page) {
      await page.getByLabel('Text', { exact: true }).fill(ARTICLE)
      await press(page, /^Summarize/)
      await expect(page.getByTestId('summary')).toBeVisible()
    },
  },
  // #endregion
  // #region payments
  {
    name: 'plan-change',
    path: '/billing',
    as: 'uma',
    async act(page) {
      await press(page, 'Change plan')
      await page.getByRole('dialog').getByRole('radio', { name: 'Pro yearly' }).click()
    },
  },
  {
    name: 'plan-cancel',
    path: '/billing',
    as: 'uma',
    async act(page) {
      await press(page, 'Cancel plan')
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  // #endregion
  // #region admin
  {
    name: 'admin-view',
    path: `/admin/users/${CAST.uma.id}`,
    as: 'ada',
    async act(page) {
      await press(page, 'View as')
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel('Reason').fill('The balance looks wrong')
      await sheet.getByRole('button', { name: 'View as' }).click()
      await page.waitForURL(/\/view\/dashboard$/)
      await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
    },
  },
  {
    name: 'admin-user-ban',
    path: `/admin/users/${CAST.sam.id}`,
    as: 'ada',
    async act(page) {
      await press(page, 'Lift ban')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  // #endregion
  // #region payments admin
  {
    name: 'admin-payment',
    path: '/admin/payments',
    as: 'ada',
    async act(page) {
      await page.locator('main a[href^="/admin/payments/"]').first().click()
      await page.waitForURL(/\/admin\/payments\/[0-9a-f-]{36}/)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  },
  {
    name: 'admin-event',
    path: '/admin',
    as: 'ada',
    async act(page) {
      await page.locator('main a[href^="/admin/webhooks/"]').first().click()
      await page.waitForURL(/\/admin\/webhooks\/dodo/)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  },
  // #endregion
]

// #region text-generation
/** Something to summarize. */
export const ARTICLE =
  'The night train between the two capitals runs again after eleven years. Tickets for the first month sold out within a day. The operator rebuilt forty sleeping cars, each with a shower and a kitchen. A one-way ticket costs less than the flight, and takes thirteen hours. Environmental groups call the train a model for the continent. The operator hopes to break even in its third year. A second line, to the coast, is planned for next summer.'
// #endregion
