import type { Page } from '@playwright/test'

/** /billing, as a subscriber uses it. */
export class BillingPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/billing')
  }

  plan(name: string) {
    return this.page.getByRole('heading', { name, level: 2 })
  }
}
