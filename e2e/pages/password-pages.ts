import type { Page } from '@playwright/test'

/** /forgot-password and /reset-password, as a person uses them. */
export class PasswordPages {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async askForLink(email: string) {
    await this.page.goto('/forgot-password')
    await this.page.getByLabel('E-mail', { exact: true }).fill(email)
    await this.page.getByRole('button', { name: 'Send the link' }).click()
  }

  async choose(password: string) {
    await this.page.getByLabel('New password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Save password' }).click()
  }
}
