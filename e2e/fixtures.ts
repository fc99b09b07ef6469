// biome-ignore-all lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
import { test as base, type Page } from '@playwright/test'
import {
  type Account,
  type Credentials,
  createAccount,
  createAdminAccount,
  newCredentials,
  signIn,
} from './support/accounts.ts'
import { connectDatabase, type Database } from './support/database.ts'
import { stackEnv } from './support/environment.ts'
import { mailbox } from './support/mailbox.ts'

export { expect } from '@playwright/test'

type WorkerFixtures = { sql: Database }

type TestFixtures = {
  mailbox: typeof mailbox
  /** Somebody without an account. */
  newcomer: Credentials
  /** A confirmed account of this test's own. */
  user: Account
  /** `user`, signed in. */
  userPage: Page
  /** An account with the admin role, of this test's own. */
  admin: Account
  /** `admin`, signed in, in another browser. */
  adminPage: Page
  /** Another browser with somebody signed in; nobody when no account is given. */
  openBrowser: (account?: Credentials) => Promise<Page>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  baseURL: async ({}, use) => use(stackEnv('APP_URL')),
  mailbox: async ({}, use) => use(mailbox),
  sql: [
    async ({}, use) => {
      const sql = connectDatabase()
      await use(sql)
      await sql.end()
    },
    { scope: 'worker' },
  ],
  newcomer: async ({}, use) => use(newCredentials()),
  user: async ({}, use) => use(await createAccount()),
  admin: async ({ sql }, use) => use(await createAdminAccount(sql)),
  openBrowser: async ({ browser, baseURL, locale, timezoneId }, use) => {
    await using contexts = new AsyncDisposableStack()
    await use(async (account) => {
      const context = await browser.newContext({ baseURL, locale, timezoneId })
      contexts.defer(() => context.close())
      if (account) await signIn(context, account)
      return context.newPage()
    })
  },
  userPage: async ({ openBrowser, user }, use) => use(await openBrowser(user)),
  adminPage: async ({ openBrowser, admin }, use) => use(await openBrowser(admin)),
})
