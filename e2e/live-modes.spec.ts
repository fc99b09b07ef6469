import { LIVE_MODES } from '../lib/env/live-mode.ts'
import { expect, test } from './fixtures.ts'
import { AdminAttentionPage, AppHeader, ExampleToolPage } from './pages/index.ts'
import { type Account, createAccount, createAdminAccount } from './support/accounts.ts'
import { connectDatabase } from './support/database.ts'
import { charge } from './support/ledger.ts'
import { startOwnStack } from './support/start-own-stack.ts'
import { stayOpen } from './support/stays-open.ts'

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on a stack of its own.')

const TEXT =
  'Credits are sold in packages. Each run of a tool costs credits. The balance of credits is shown in the header. ' +
  'It follows every change at once. Nobody has to reload a page.'

/** The app and its stack in a mode: by changes those of all tests, by broadcast where Realtime knows private channels alone. */
async function startIn(mode: (typeof LIVE_MODES)[number]) {
  if (mode === 'changes') {
    const sql = connectDatabase()
    return { sql, stop: () => sql.end() }
  }
  const adapt = (env: Record<string, string>) => ({ ...env, LIVE_MODE: mode })
  const own = await startOwnStack({ adapt, privateOnly: true })
  await own.sql`select set_live_mode(${mode})`
  return own
}

for (const mode of LIVE_MODES) {
  test.describe(`live by ${mode}`, () => {
    test.describe.configure({ mode: 'default' })

    let own: Awaited<ReturnType<typeof startIn>>
    let account: Account
    test.beforeAll(async () => {
      own = await startIn(mode)
    })
    test.beforeEach(async () => {
      account = await createAccount()
    })
    test.afterAll(() => own?.stop())

    test('a balance spent in one tab goes down in every tab, and its charge appears, without a reload', async ({
      openBrowser,
    }) => {
      const page = await openBrowser(account)
      await page.goto('/transactions')
      const secondTab = await page.context().newPage()
      const tool = new ExampleToolPage(secondTab)
      await tool.open()
      await new AppHeader(page).isLive()
      await new AppHeader(secondTab).isLive()
      const [first, second] = [stayOpen(page), stayOpen(secondTab)]
      await tool.write(TEXT)
      await tool.run.click()
      await expect(new AppHeader(secondTab).balance).toHaveText('99')
      await expect(new AppHeader(page).balance).toHaveText('99')
      await expect(page.locator('tr[data-seq]').filter({ hasText: 'Summarize a text' })).toContainText('99')
      first.expectSame()
      second.expectSame()
    })

    test('what changed while the network was gone is shown once it is back', async ({ openBrowser }) => {
      const page = await openBrowser(account)
      await page.goto('/dashboard')
      const header = new AppHeader(page)
      await header.isLive()
      await page.context().setOffline(true)
      await expect(page.getByRole('banner').locator('[data-status="offline"]')).toBeVisible()
      await charge(own.sql, account.id, { amount: 7 })
      await page.context().setOffline(false)
      await expect(header.balance).toHaveText('93')
      await header.isLive()
      await charge(own.sql, account.id)
      await expect(header.balance).toHaveText('92')
    })

    // #region admin
    test('an admin sees the wallet of a user change while looking at it', async ({ openBrowser }) => {
      const admin = await createAdminAccount(own.sql)
      const page = await openBrowser(admin)
      await page.goto(`/admin/users/${account.id}`)
      await new AppHeader(page).isLive()
      await expect(page.getByRole('main').getByText('100', { exact: true }).first()).toBeVisible()
      await charge(own.sql, account.id, { amount: 58 })
      await expect(page.getByRole('main').getByText('42', { exact: true }).first()).toBeVisible()
    })

    test('what fails appears while an admin looks', async ({ openBrowser }) => {
      test.skip(mode === 'changes', 'Too much fails in the database of all tests.')
      const page = await openBrowser(await createAdminAccount(own.sql))
      const attention = new AdminAttentionPage(page)
      await attention.open()
      const type = `test.${account.id.slice(0, 8)}`
      await own.sql`select store_payment_event(${type}, ${type}, '{}', 'dodopayments')`
      await own.sql`select finish_payment_event(${type}, 'failed', 'Nobody knows it.')`
      await expect(attention.entry(`The event ${type} couldn't be processed`)).toBeVisible()
      await own.sql`select finish_payment_event(${type}, 'ignored')`
      await expect(attention.entry(`The event ${type} couldn't be processed`)).toBeHidden()
    })

    test('an admin is told while the app and the database differ, and what to do', async ({
      openBrowser,
    }) => {
      test.skip(mode === 'changes', 'It switches the database of all tests.')
      const page = await openBrowser(await createAdminAccount(own.sql))
      const attention = new AdminAttentionPage(page)
      await own.sql`select set_live_mode('changes')`
      await attention.open()
      const entry = attention.entry(
        'Live updates differ: the app follows broadcast, the database sends changes',
      )
      await expect(entry).toContainText('Run npm run live broadcast')
      await own.sql`select set_live_mode('broadcast')`
      await attention.open()
      await expect(attention.allClear).toBeVisible()
    })
    // #endregion
  })
}
