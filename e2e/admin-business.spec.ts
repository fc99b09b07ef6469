import { expect, test } from './fixtures.ts'
import { AdminBusinessPage } from './pages/index.ts'
import { type Account, createAccount, createAdminAccount } from './support/accounts.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'
import { charge } from './support/ledger.ts'
import { startOwnStack } from './support/start-own-stack.ts'

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on a stack of its own.')
test.describe.configure({ mode: 'serial' })

let own: Awaited<ReturnType<typeof startOwnStack>>
let someAdmin: Account
test.beforeAll(async () => {
  own = await startOwnStack()
  someAdmin = await createAdminAccount(own.sql)
})
test.afterAll(() => own?.stop())

test('the figures are what people did, as they do it, and each opens its rows', async ({ openBrowser }) => {
  test.slow()
  const page = await openBrowser(someAdmin)
  const business = new AdminBusinessPage(page)
  await business.open()
  await expect(business.figure('Revenue')).toContainText('$0.00')
  await expect(business.figure('Refund rate')).toContainText('–')

  const buyer = await createAccount()
  const buyerPage = await openBrowser(buyer)
  const { id } = await buyPackage(buyerPage, own.sql)
  await charge(own.sql, buyer.id, { amount: 7 })
  // Nobody has reloaded the page, which reads itself again within ten seconds.
  await expect(business.figure('Revenue')).toContainText('$39.99')

  await business.open()
  await expect(business.figure('Paying users')).toContainText('1')
  await expect(business.figure('Refund rate')).toContainText('0%')
  await expect(business.credits('Sold')).toContainText('+500')
  await expect(business.credits('Used')).toContainText('−7')
  const [owed] = await own.sql<{ credits: string }[]>`
    select to_char(sum(balance), 'FM999,999') as credits from credits where credit_type = 'general'`
  await expect(business.credits('Outstanding')).toContainText(owed?.credits ?? '')
  await expect(business.popular('Packages', 'Pro')).toContainText('1')

  const refund = {
    paymentId: id,
    amount: 1_000,
    reason: 'Half a day late',
    idempotencyKey: crypto.randomUUID(),
  }
  expect((await callApi(page, '/api/admin/payments/refund', refund)).status).toBe(200)
  const refunds = async () => [
    ...(await own.sql`select status from payment_refunds where payment_id = ${id}`),
  ]
  await expect.poll(refunds, 'the provider takes five seconds').toEqual([{ status: 'succeeded' }])
  await expect(business.figure('Refund rate')).toContainText('100%')

  for (const name of ['Revenue', 'Refund rate', 'Paying users']) {
    await business.open()
    await business.figure(name).getByRole('link').click()
    await expect(page).toHaveURL(/\/admin\/payments\?status=charged/)
    await expect(page.getByRole('row').filter({ hasText: buyer.email })).toContainText('$39.99')
  }
  await business.open()
  await business.figure('Dispute rate').getByRole('link').click()
  await expect(page.getByText('No matching payments')).toBeVisible()
  await business.open()
  await business.popular('Packages', 'Pro').getByRole('link').click()
  await expect(page).toHaveURL(/package=pro/)
  await expect(page.getByRole('row').filter({ hasText: buyer.email })).toHaveCount(1)
})

test('another period is a click away, and its figures come as CSV', async ({ openBrowser }) => {
  const page = await openBrowser(someAdmin)
  const business = new AdminBusinessPage(page)
  await business.open()
  await business.showPeriod(90)
  await expect(page.getByText('The last 90 days, today included')).toBeVisible()
  const csv = await business.download()
  expect(csv).toMatch(/^from,to,figure,subject,amount,amount_before\n/)
  expect(csv).toMatch(/,revenue,USD,3999,0\n/)
  expect(csv).toMatch(/,used,general,7,0\n/)
})

test('the figures are for admins alone, and of days there are', async ({ page, openBrowser }) => {
  const path = '/api/admin/business?days=30'
  expect((await page.request.get(path)).status()).toBe(401)
  const other = await openBrowser(await createAccount())
  expect((await other.request.get(path)).status()).toBe(403)
  expect((await other.goto('/admin/business'))?.status()).toBe(404)
  const admin = await openBrowser(someAdmin)
  for (const days of ['31', '-30', 'x', '30&days=90&since=2020-01-01']) {
    expect((await admin.request.get(`/api/admin/business?days=${days}`)).status(), days).toBe(400)
  }
})
