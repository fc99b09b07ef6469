import type { Page } from '@playwright/test'
import type { Credentials } from '../support/accounts.ts'

/** /login, as a person uses it. */
export class LoginPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/login${query}`)
  }

  async signIn({ email, password }: Credentials) {
    await this.email.fill(email)
    await this.password.fill(password)
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  async askForLink(email: string) {
    await this.email.fill(email)
    await this.page.getByRole('button', { name: 'E-mail me a sign-in link' }).click()
  }

  get email() {
    return this.page.getByLabel('E-mail', { exact: true })
  }

  get password() {
    return this.page.getByLabel('Password', { exact: true })
  }

  /** What the form says as a whole. */
  get message() {
    return this.page.locator('form').getByRole('alert')
  }
}
