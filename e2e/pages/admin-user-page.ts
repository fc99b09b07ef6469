import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** /admin and the page of one user there, as an admin uses them. */
export class AdminUserPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async find(email: string) {
    await this.page.goto('/admin/users')
    await this.page.getByRole('searchbox', { name: 'Search' }).fill(email)
    await this.page.getByRole('searchbox', { name: 'Search' }).press('Enter')
    // What is found, and not the list that it takes the place of.
    await this.page.waitForURL((url) => url.searchParams.get('q') === email)
    await this.page.getByRole('link', { name: email }).click()
    await this.page.waitForURL(/\/admin\/users\//)
  }

  async open(userId: string) {
    await this.page.goto(`/admin/users/${userId}`)
    await new AppHeader(this.page).isLive()
  }

  /** Opens what the button offers, gives the reason and confirms. */
  async act(button: string, reason: string, confirm: string) {
    await this.page.getByRole('main').getByRole('button', { name: button, exact: true }).click()
    const sheet = this.page.getByRole('dialog')
    await sheet.getByLabel('Reason').fill(reason)
    await sheet.getByRole('button', { name: confirm, exact: true }).click()
    await sheet.waitFor({ state: 'hidden' })
  }

  async give(amount: number, reason: string, until: string) {
    await this.page.getByRole('button', { name: 'Give', exact: true }).click()
    const sheet = this.page.getByRole('dialog')
    await sheet.getByLabel('Amount').fill(String(amount))
    await sheet.getByLabel('Until').fill(until)
    await sheet.getByLabel('Reason').fill(reason)
    await sheet.getByRole('button', { name: 'Give', exact: true }).click()
    await sheet.waitFor({ state: 'hidden' })
  }

  /** What sets the user apart, in the head of the page. */
  badge(name: string) {
    return this.page.getByRole('main').locator('header [data-slot=badge]').filter({ hasText: name })
  }

  async adjust(direction: 'Add' | 'Remove', amount: number, reason: string) {
    await this.page.getByRole('radio', { name: direction }).click()
    await this.page.getByLabel('Credits', { exact: true }).fill(String(amount))
    await this.page.getByLabel('Reason').fill(reason)
    await this.page.getByRole('button', { name: `${direction} credits` }).click()
  }

  /** What the form says when nothing was changed. */
  get refusal() {
    return this.page.getByRole('main').getByRole('alert')
  }

  auditEntry(reason: string) {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: reason })
  }
}
