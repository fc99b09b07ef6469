import type { Page } from '@playwright/test'

/** /example-tool, as a person uses it. */
export class ExampleToolPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/example-tool')
  }

  /** Goes to the runs as fast as anybody could. */
  async leave() {
    await this.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Runs' })
      .dispatchEvent('click')
    await this.page.waitForURL('**/runs')
  }

  async write(text: string) {
    await this.page.getByLabel('Text', { exact: true }).fill(text)
  }

  async choose(length: 'Short' | 'Medium' | 'Detailed') {
    await this.page.getByRole('radio', { name: length }).click()
  }

  /** The button that runs it, with its price on it. */
  get run() {
    return this.page.getByRole('button', { name: /^Summarize/ })
  }

  get summary() {
    return this.page.getByTestId('summary')
  }
}
