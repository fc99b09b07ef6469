import type { Page } from '@playwright/test'
import { AdminUserPage } from './admin-user-page.ts'

/** The app as an admin sees it who looks at the account of a user. */
export class AdminViewPage {
  readonly page: Page
  readonly userId: string

  constructor(page: Page, userId: string) {
    this.page = page
    this.userId = userId
  }

  /** Where a page of the app stands in the view. */
  path(page = '/dashboard') {
    return `/admin/users/${this.userId}/view${page}`
  }

  /** Begins on the page of the user, and ends up on the dashboard. */
  async begin(reason = 'Ticket 12') {
    const user = new AdminUserPage(this.page)
    await user.open(this.userId)
    await user.act('View as', reason, 'View as')
    await this.page.waitForURL(this.path())
  }

  async open(page: string) {
    await this.page.goto(this.path(page))
  }

  get banner() {
    return this.page.getByRole('region', { name: 'Viewing an account' })
  }

  get stop() {
    return this.banner.getByRole('button', { name: 'Stop viewing' })
  }

  /** What stands on the page of the user where the view is over. */
  get overNotice() {
    return this.page.getByText('You are not viewing this account')
  }

  /** Sends what a script of this page would, and gives the answer. */
  send(path: string, body?: object, headers: Record<string, string> = {}) {
    return this.page.evaluate(
      async ({ path, body, headers }) => {
        const json = { 'content-type': 'application/json', ...headers }
        const request = body ? { method: 'POST', headers: json, body: JSON.stringify(body) } : {}
        const answer = await fetch(path, request)
        return { status: answer.status, text: await answer.text() }
      },
      { path, body, headers },
    )
  }
}
