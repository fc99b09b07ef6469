import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** Where the sandboxes of DodoPayments and Stripe have their checkouts. */
const HOSTED = /\/(session|c\/pay)\//

/** The hosted checkout of a sandbox, as a buyer uses it. */
export class CheckoutPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** From /buy-credits to the checkout of a package. */
  async open(packageName: string) {
    await this.page.goto('/buy-credits')
    await new AppHeader(this.page).isLive()
    await this.page.getByRole('button', { name: `Buy ${packageName}` }).click()
    await this.page.waitForURL(HOSTED)
  }

  /** From the plans to the checkout of one. */
  async subscribe(planName: string) {
    await this.page.goto('/buy-credits')
    await new AppHeader(this.page).isLive()
    await this.page.getByRole('radio', { name: 'Plans' }).click()
    await this.page.getByRole('button', { name: `Subscribe to ${planName}` }).click()
    await this.page.waitForURL(HOSTED)
  }

  async pay(card: string, expiry = '12/34') {
    // Typed, as a person does: filling in at once would pass by what the page does at each key.
    await this.page.getByLabel('Card number').pressSequentially(card)
    await this.page.getByLabel('Expiry').pressSequentially(expiry)
    await this.page.getByLabel('CVC').pressSequentially('123')
    await this.page.getByRole('button', { name: /^(Pay|Save card|Start)/ }).click()
  }
}
