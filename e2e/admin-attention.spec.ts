import { randomUUID } from 'node:crypto'
import { expect, test } from './fixtures.ts'
import { AdminAttentionPage } from './pages/index.ts'
import { type Account, createAccount, createAdminAccount } from './support/accounts.ts'
import { callApi } from './support/call-api.ts'
import { claimOfPayment, sign } from './support/forged-webhook.ts'
import { startOwnStack } from './support/start-own-stack.ts'

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on a stack of its own.')
test.describe.configure({ mode: 'serial' })

/** A page that is open reads its parts again every 30 seconds in any case. */
const BEFORE_THE_NEXT_POLL_MS = 20_000

let own: Awaited<ReturnType<typeof startOwnStack>>
let someAdmin: Account
test.beforeAll(async () => {
  own = await startOwnStack()
  someAdmin = await createAdminAccount(own.sql)
})
test.afterAll(() => own?.stop())

test('what fails appears while an admin looks, and is gone once it is dealt with', async ({
  page,
  openBrowser,
}) => {
  const adminPage = await openBrowser(someAdmin)
  const attention = new AdminAttentionPage(adminPage)
  await attention.open()
  await expect(attention.allClear).toBeVisible()
  await expect(attention.job('release-expired-holds')).not.toContainText('Never')

  const buyer = await createAccount()
  const sessionId = `cks_${randomUUID()}`
  const body = claimOfPayment({ paymentId: `pay_${randomUUID()}`, sessionId, email: buyer.email })
  const headers = sign(body, { id: `msg_${randomUUID()}` })
  const answer = await callApi(page, '/api/dodopayments/webhook', Buffer.from(body), headers)
  expect(answer.status).toBe(500)

  const entry = attention.entry("The event payment.succeeded couldn't be processed")
  await expect(entry).toContainText('No checkout of ours has this session or payment id.')
  await expect(entry).toContainText('under a minute')
  await expect(attention.allClear).toBeHidden()

  // What was missing has come meanwhile.
  await own.sql`select record_checkout(${buyer.id}, 'pro', ${sessionId}, 'dodopayments')`
  await entry.getByRole('link').click()
  await adminPage.getByRole('button', { name: 'Replay' }).click()
  await expect(adminPage.getByText('It was applied.')).toBeVisible()
  await attention.open()
  await expect(attention.allClear).toBeVisible()
})

test('a job that fails is told of at once, until it succeeds', async ({ openBrowser }) => {
  const adminPage = await openBrowser(someAdmin)
  const attention = new AdminAttentionPage(adminPage)
  await attention.open()
  await expect(attention.job('sum-up-days')).toContainText('Never')

  await own.sql`select record_job_run('sum-up-days', p_error => 'The disk is full.')`
  const entry = attention.entry('The job sum-up-days failed')
  await expect(entry).toContainText('The disk is full.')
  await own.sql`select record_job_run('sum-up-days')`
  await expect(attention.allClear).toBeVisible({ timeout: BEFORE_THE_NEXT_POLL_MS })
  await expect(entry).toBeHidden()
})

test('an admin has the ledger checked, and it says since when something is wrong until it is right', async ({
  openBrowser,
}) => {
  const adminPage = await openBrowser(someAdmin)
  const attention = new AdminAttentionPage(adminPage)
  const { id } = await createAccount()
  await attention.open()
  await attention.checkLedger.click()
  await expect(adminPage.getByText('Everything adds up, checked')).toBeVisible()

  await own.sql`update credits set balance = balance - 1 where user_id = ${id}`
  await attention.checkLedger.click()
  await expect(attention.entry('1 ledger row breaks a rule')).toBeVisible()
  await adminPage.getByRole('link', { name: 'balance is sum of ledger: balance 99, ledger 100' }).click()
  await expect(adminPage).toHaveURL(`/admin/users/${id}`)

  await own.sql`update credits set balance = balance + 1 where user_id = ${id}`
  await attention.open()
  await attention.checkLedger.click()
  await expect(attention.allClear).toBeVisible()
})

test('a checkout that was left never waits for an admin', async ({ openBrowser }) => {
  const { id, email } = await createAccount()
  await own.sql`select record_checkout(${id}, 'starter', ${`cks_${randomUUID()}`}, 'dodopayments')`
  await own.sql`update payments set created_at = now() - interval '2 days' where user_id = ${id}`
  const adminPage = await openBrowser(someAdmin)
  const attention = new AdminAttentionPage(adminPage)
  await attention.open()
  await expect(attention.allClear).toBeVisible()
  await adminPage.goto(`/admin/payments?status=abandoned&q=${email}`)
  await expect(adminPage.getByRole('row').filter({ hasText: email })).toContainText('Abandoned')
})
