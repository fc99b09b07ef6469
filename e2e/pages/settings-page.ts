import type { Locator, Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** /settings, as its owner uses it. */
export class SettingsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/settings')
    await new AppHeader(this.page).isLive()
  }

  /** A subject of the page, with its controls. */
  section(title: string): Locator {
    return this.page.locator('section').filter({ has: this.page.getByRole('heading', { name: title }) })
  }

  async changePassword(current: string, next: string) {
    const password = this.section('Password')
    await password.getByLabel('Current password', { exact: true }).fill(current)
    await password.getByLabel('New password', { exact: true }).fill(next)
    await password.getByRole('button', { name: 'Change password' }).click()
  }

  async changeEmail(email: string) {
    const section = this.section('E-mail address')
    await section.getByLabel('New address').fill(email)
    await section.getByRole('button', { name: 'Change address' }).click()
  }

  get sessions() {
    return this.section('Sessions').getByRole('listitem')
  }
}
