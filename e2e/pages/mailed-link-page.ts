import type { Page } from '@playwright/test'

/** Where a mailed link leads, and what its reader does there. */
export class MailedLinkPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the link and presses its button. */
  async redeem(link: string) {
    await this.page.goto(link)
    await this.button.click()
  }

  /** Redeems the link of a sign-up, and chooses a password. */
  async confirm(link: string, password: string) {
    await this.redeem(link)
    await this.choosePassword(password)
  }

  async choosePassword(password: string) {
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Save password' }).click()
  }

  /** What redeems the link. */
  get button() {
    return this.page.locator('main form').getByRole('button')
  }

  /** What somebody is told who is signed in as somebody else. */
  get warning() {
    return this.page.getByText('You are signed in as')
  }
}
