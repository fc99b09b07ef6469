import type { Page } from '@playwright/test'

/** /signup, as a person uses it. */
export class SignupPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/signup${query}`)
  }

  async signUp(email: string) {
    await this.email.fill(email)
    await this.page.getByRole('button', { name: 'Create account' }).click()
  }

  get email() {
    return this.page.getByLabel('E-mail', { exact: true })
  }
}
