import type { Locator, Page } from '@playwright/test'

/** The reference of the API, where every call can be tried. */
export class ApiReferencePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.goto('/docs/api')
  }

  /** The section of a call, by its summary. */
  call(summary: string): Call {
    return new Call(this.page.getByRole('region', { name: summary, exact: true }))
  }
}

class Call {
  readonly section: Locator

  constructor(section: Locator) {
    this.section = section
  }

  get key(): Locator {
    return this.section.getByLabel('Your API key')
  }
  get body(): Locator {
    return this.section.getByLabel('Body')
  }
  get status(): Locator {
    return this.section.getByText(/^Status \d+$/)
  }
  get response(): Locator {
    return this.section.getByRole('region', { name: /^Response of/ })
  }

  async openForm(): Promise<void> {
    await this.section.getByText('Try it', { exact: true }).click()
  }
  async send(): Promise<void> {
    await this.section.getByRole('button', { name: 'Send' }).click()
  }
}
