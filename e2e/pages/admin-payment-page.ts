import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** The page of one payment, as an admin refunds it. */
export class AdminPaymentPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(id: string) {
    await this.page.goto(`/admin/payments/${id}`)
    await new AppHeader(this.page).isLive()
  }

  /** To the confirmation: all that is left, or an amount as it is typed. */
  async review(reason: string, amount?: string) {
    if (amount !== undefined) {
      await this.page.getByRole('radio', { name: 'An amount' }).click()
      await this.page.getByLabel(/^Amount in/).fill(amount)
    }
    await this.page.getByLabel('Reason').fill(reason)
    await this.page.getByRole('button', { name: 'Review refund' }).click()
  }

  get confirmation() {
    return this.page.getByRole('region', { name: 'Confirm the refund' })
  }

  get confirm() {
    return this.confirmation.getByRole('button', { name: /^Refund/ })
  }

  /** What the form says when it was refused. */
  get problem() {
    return this.page.getByRole('main').getByRole('alert')
  }

  refund(reason: string) {
    return this.page.getByRole('listitem').filter({ hasText: reason })
  }

  ledgerRow(text: string) {
    return this.page.getByRole('row').filter({ hasText: text })
  }
}
