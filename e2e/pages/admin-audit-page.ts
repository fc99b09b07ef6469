import type { Locator, Page } from '@playwright/test'

/** /admin/audit, the trail of everything that was done. */
export class AdminAuditPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/admin/audit${query}`)
  }

  /** The entries whose sentence has this text. */
  entries(text: string) {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: text })
  }

  async showDetails(entry: Locator) {
    await entry.getByText('Details', { exact: true }).click()
  }
}
