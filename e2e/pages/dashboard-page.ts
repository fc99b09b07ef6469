import type { Page } from '@playwright/test'

/** /dashboard, as a person reads it. */
export class DashboardPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = '') {
    await this.page.goto(`/dashboard${query}`)
  }

  /** The wallet at a glance. */
  get summary() {
    return this.page.getByRole('region', { name: 'Credits', exact: true })
  }

  /** A figure of it, with its name and its note. */
  figure(name: string) {
    return this.summary.locator('[data-slot=card]').filter({ hasText: name })
  }

  get firstSteps() {
    return this.page.getByText('First steps')
  }

  /** The parts of the chart: one for each day and tool. */
  get bars() {
    return this.page.getByRole('img', { name: /as a chart/ }).locator('.recharts-bar-rectangle path')
  }

  period(days: number) {
    return this.page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name: `${days} days` })
  }

  async showTable() {
    await this.page.getByText('Show as a table').click()
  }

  /** The rows of the table under the chart, newest first. */
  get days() {
    return this.page.locator('tr[data-day]')
  }

  /** Everything that wants attention, in its order. */
  get notices() {
    return this.page.getByRole('main').locator('[data-slot=alert-title]')
  }
}
