import type { Locator, Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** /billing, as a subscriber uses it. */
export class BillingPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/billing')
    await new AppHeader(this.page).isLive()
  }

  plan(name: string): Locator {
    return this.page.getByRole('heading', { name, level: 2, exact: true })
  }

  payment(text: string): Locator {
    return this.page.getByRole('row').filter({ hasText: text })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** Opens the dialog and chooses, without confirming. */
  async choose(planName: string): Promise<Locator> {
    await this.button('Change plan').click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: planName }).click()
    return dialog
  }

  async cancel() {
    await this.button('Cancel plan').click()
    await this.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the plan' }).click()
  }
}
