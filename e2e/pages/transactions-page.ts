import type { Page } from '@playwright/test'

/** /transactions, as the owner of a wallet looks through it. */
export class TransactionsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/transactions${query}`)
  }

  /** Every change of the balance that is shown, refunds below their charges included. */
  get rows() {
    return this.page.locator('tr[data-seq]')
  }

  get days() {
    return this.page.getByRole('rowheader')
  }

  /** Which of how many are shown: `1–25 of 96`. */
  get position() {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: ' of ' })
  }

  get search() {
    return this.page.getByRole('searchbox', { name: 'Search' })
  }

  async choose(filter: 'Tool' | 'Dates', choice: string) {
    await this.page.getByLabel(filter, { exact: true }).selectOption(choice)
  }

  async follow(link: string) {
    await this.page.getByRole('link', { name: link, exact: true }).click()
  }

  /** Opens a row by clicking anywhere in it. */
  async openRow(text: string) {
    await this.rows
      .filter({ hasText: text })
      .first()
      .click({ position: { x: 3, y: 3 } })
    return this.page.getByRole('dialog')
  }

  async downloadPath() {
    return (await this.page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')) ?? ''
  }
}
