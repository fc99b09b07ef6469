import { expect, type Page } from '@playwright/test'

/** The header of every signed-in page. */
export class AppHeader {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get balance() {
    return this.page.getByTestId('credit-balance')
  }

  /** The balance follows the database from now on. */
  async isLive() {
    await expect(this.page.getByRole('banner').locator('[data-status="live"]')).toBeVisible()
  }

  async signOut() {
    await this.isLive()
    await this.page.getByTestId('user-menu').click()
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click()
  }
}
