import type { Page } from '@playwright/test'
import { AppHeader } from './app-header.ts'

type Upload = { name: string; mimeType: string; buffer: Buffer }

/** /tools/image-converter, as a person uses it. */
export class ImageConverterPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open() {
    await this.page.goto('/tools/image-converter')
    await new AppHeader(this.page).isLive()
  }

  async choose(...files: Upload[]) {
    await this.page.getByLabel('Images').setInputFiles(files)
  }

  get chosen() {
    return this.page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')
  }

  /** The button that runs it, with its price on it. */
  get run() {
    return this.page.getByRole('button', { name: /^Convert/ })
  }

  get result() {
    return this.page.getByTestId('conversion')
  }
}
