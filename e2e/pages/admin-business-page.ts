import { expect, type Page } from '@playwright/test'

/** The figures of the business, as an admin reads them. */
export class AdminBusinessPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(days = 30) {
    await this.page.goto(`/admin/business?days=${days}`)
    await expect(this.page.getByRole('heading', { level: 1, name: 'Business' })).toBeVisible()
  }

  /** A figure with its name: of this period and of the one before. */
  figure(name: string) {
    return this.page.getByRole('group', { name, exact: true })
  }

  /** What happened to credits, by what it was: "Sold". */
  credits(name: string) {
    return this.page
      .getByRole('table', { name: 'Credits', exact: true })
      .getByRole('row')
      .filter({ hasText: name })
  }

  popular(table: 'Packages' | 'Tools', name: string) {
    return this.page
      .getByRole('table', { name: table, exact: true })
      .getByRole('row')
      .filter({ hasText: name })
  }

  async showPeriod(days: number) {
    await this.page.getByRole('link', { name: `${days} days`, exact: true }).click()
    await expect(this.page).toHaveURL(`/admin/business?days=${days}`)
  }

  /** The CSV as it is downloaded. */
  async download(): Promise<string> {
    const started = this.page.waitForEvent('download')
    await this.page.getByRole('link', { name: 'CSV' }).click()
    const download = await started
    expect(download.suggestedFilename()).toMatch(/^business-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/)
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString('utf8')
  }
}
