import type { Page } from '@playwright/test'

/** /admin/users, the list of everybody. */
export class AdminUsersPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/admin/users${query}`)
  }

  async search(text: string) {
    const field = this.page.getByRole('searchbox', { name: 'Search' })
    await field.fill(text)
    await field.press('Enter')
    await this.page.waitForURL((url) => url.searchParams.get('q') === text)
  }

  async choose(label: string, choice: string) {
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: choice })
    await this.page.getByRole('searchbox', { name: 'Search' }).press('Enter')
  }

  async sortBy(column: string) {
    await this.page.getByRole('columnheader', { name: column }).getByRole('link').click()
  }

  rowOf(email: string) {
    return this.page.getByRole('row').filter({ hasText: email })
  }

  /** Which rows these are, of how many. */
  get position() {
    return this.page.getByRole('navigation', { name: 'Pages' }).getByText(/ of /)
  }
}
