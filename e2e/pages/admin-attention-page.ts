import { expect, type Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** The first page of the admin area: what waits for an admin. */
export class AdminAttentionPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/admin')
    await new AppHeader(this.page).isLive()
    await expect(this.page.getByRole('heading', { level: 1, name: 'Needs attention' })).toBeVisible()
  }

  /** The entry that says this, or is about this address. */
  entry(text: string) {
    return this.page
      .getByRole('list', { name: 'Needs attention' })
      .getByRole('listitem')
      .filter({ hasText: text })
  }

  /** What stands there when nothing waits. */
  get allClear() {
    return this.page.getByText('All clear')
  }

  get checkLedger() {
    return this.page.getByRole('button', { name: 'Check now' })
  }

  job(name: string) {
    return this.page.getByRole('listitem').filter({ hasText: name })
  }
}
