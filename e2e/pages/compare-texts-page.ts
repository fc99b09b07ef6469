import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

/** /tools/compare-texts, as a person uses it. */
export class CompareTextsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/tools/compare-texts')
    await new AppHeader(this.page).isLive()
  }

  async write(before: string, after: string) {
    await this.page.getByLabel('First version').fill(before)
    await this.page.getByLabel('Second version').fill(after)
  }

  get run() {
    return this.page.getByRole('button', { name: /^Compare ·/ })
  }

  get result() {
    return this.page.getByTestId('comparison')
  }

  /** What stands in the place of the form without the membership. */
  get locked() {
    return this.page.getByText('This tool comes with Pro')
  }

  /** It in the gallery. */
  get card() {
    return this.page.getByRole('main').getByRole('link', { name: 'Compare two texts' })
  }
}
