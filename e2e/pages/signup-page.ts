import type { Page } from '@playwright/test'
import type { Credentials } from '../support/accounts.ts'

/** /signup, as a person uses it. */
export class SignupPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/signup${query}`)
  }

  async signUp({ email, password }: Credentials) {
    await this.email.fill(email)
    await this.password.fill(password)
    await this.page.getByRole('button', { name: 'Create account' }).click()
  }

  get email() {
    return this.page.getByLabel('E-mail', { exact: true })
  }

  get password() {
    return this.page.getByLabel('Password', { exact: true })
  }
}
