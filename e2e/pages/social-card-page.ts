import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** /tools/social-card, as a person uses it. */
export class SocialCardPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/tools/social-card')
    await new AppHeader(this.page).isLive()
  }

  async write(title: string) {
    await this.page.getByLabel('Title', { exact: true }).fill(title)
  }

  get run() {
    return this.page.getByRole('button', { name: /^Draw/ })
  }

  get result() {
    return this.page.getByTestId('social-card')
  }
}
