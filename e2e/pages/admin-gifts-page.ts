import type { Page } from '@playwright/test'

/** /admin/users/give, where many users get credits at once. */
export class AdminGiftsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/admin/users/give${query}`)
  }

  async previewList(lines: string, reason: string) {
    await this.page.getByRole('radio', { name: 'By list' }).click()
    await this.page.getByLabel('Users', { exact: true }).fill(lines)
    await this.#preview(reason)
  }

  async previewFilter(amount: number, reason: string) {
    await this.page.getByLabel('Credits each').fill(String(amount))
    await this.#preview(reason)
  }

  async #preview(reason: string) {
    await this.page.getByLabel('Reason').fill(reason)
    await this.page.getByRole('button', { name: 'Preview' }).click()
  }

  /** The card that says who would get what. */
  get preview() {
    return this.page.locator('[data-slot=card]').filter({ hasText: 'Preview' })
  }

  /** A batch among the recent ones. */
  batch(reason: string) {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: reason })
  }
}
