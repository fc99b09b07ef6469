import type { Page } from '@playwright/test'
import { test as base, expect } from './fixtures.ts'
import { AdminPaymentPage, AppHeader, BillingPage, CheckoutPage } from './pages/index.ts'
import { readLedger } from './support/ledger.ts'
import { stayOpen } from './support/stays-open.ts'
import { startStripeApp } from './support/stripe-app.ts'

const CARDS = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  asks: '4000 0025 0000 3155',
}

type Shop = Awaited<ReturnType<typeof startStripeApp>>

/** On the pages of a server that sells through Stripe. */
const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({ sql }, use) => {
      const shop = await startStripeApp(sql)
      await use(shop)
      await shop.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
})

// They share the server.
test.describe.configure({ mode: 'default' })
test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on the stack of the tests.')

/** A tab on a page, whose header follows the balance from now on. */
async function openLive(page: Page, path: string) {
  await page.goto(path)
  const header = new AppHeader(page)
  await header.isLive()
  return { header, open: stayOpen(page) }
}

test('a package is bought through Stripe, refunded in part by an admin, and disputed, in the open tab', async ({
  userPage: page,
  adminPage,
  user,
  sql,
  shop,
}) => {
  const { header, open } = await openLive(page, '/dashboard')
  const checkout = new CheckoutPage(await page.context().newPage())
  await checkout.open('Pro')
  await expect(checkout.page.getByLabel('E-mail')).toHaveValue(user.email)
  await checkout.pay(CARDS.declined)
  await expect(checkout.page.getByRole('alert')).toContainText('Your card was declined. Nothing was charged.')
  await checkout.pay(CARDS.good)
  await checkout.page.waitForURL(/\/payment-success\?provider=stripe&session_id=/)
  await expect(checkout.page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect(header.balance).toHaveText('600')

  const [bought] = await sql<{ id: string; payment: string }[]>`
    select id, provider_payment_id as payment from payments where user_id = ${user.id} and status = 'succeeded'`
  const payment = new AdminPaymentPage(adminPage)
  await payment.open(bought?.id ?? '')
  await payment.review('Half of it was too much', '10.00')
  await expect(payment.confirmation).toContainText(`$10.00 goes back to ${user.email}`)
  await payment.confirm.click()
  await expect(payment.refund('Half of it was too much')).toContainText('Succeeded')
  await expect(header.balance).toHaveText('475')

  await shop.control(`/payments/${bought?.payment}/dispute`)
  await expect(header.balance).toHaveText('100')
  const [dispute] = await shop.disputes()
  await shop.control(`/disputes/${dispute}`, { status: 'won' })
  await expect(header.balance).toHaveText('475')
  open.expectSame()
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 475,
    rows: ['signup_bonus 100', 'purchase 500', 'clawback -125', 'clawback -375', 'clawback_reversal 375'],
  })
})

test('a plan is bought through Stripe with a card that asks, renewed, changed and canceled, in the open tab', async ({
  userPage: page,
  user,
  sql,
  shop,
}) => {
  const { header, open } = await openLive(page, '/billing')
  const billing = new BillingPage(page)
  const checkout = new CheckoutPage(await page.context().newPage())
  await checkout.subscribe('Pro monthly')
  await checkout.pay(CARDS.asks)
  await checkout.page.getByRole('button', { name: 'Complete authentication' }).click()
  await checkout.page.waitForURL(/\/payment-success\?provider=stripe&session_id=/)
  await expect(checkout.page.getByRole('heading', { name: 'Pro monthly is active' })).toBeVisible()
  await expect(header.balance).toHaveText('600')
  await expect(billing.plan('Pro monthly')).toBeVisible()
  await expect(page.getByText('Visa ending in 3155, expires 12/34')).toBeVisible()

  const started = async () =>
    sql<{ id: string }[]>`
      select provider_subscription_id as id from subscriptions
      where user_id = ${user.id} and current_period_start < date_trunc('second', clock_timestamp())`
  await expect.poll(async () => (await started()).length, 'the first second of the period').toBe(1)
  const [subscription] = await started()
  await shop.control(`/subscriptions/${subscription?.id}/renew`)
  await expect(header.balance).toHaveText('1,100')
  await expect(billing.payment('Pro monthly plan')).toHaveCount(2)

  await shop.control(`/subscriptions/${subscription?.id}/renew`, { outcome: 'past_due' })
  await expect(billing.payment('Pro monthly plan').filter({ hasText: 'Failed' })).toHaveCount(1)
  // Stripe tells the time of an event to the second, and what fails in the same one as it succeeds counts as failed.
  const failedBefore = async () =>
    sql`
      select from subscriptions
      where user_id = ${user.id} and status = 'past_due' and status_at < date_trunc('second', clock_timestamp())`
  await expect.poll(async () => (await failedBefore()).length, 'the second of the failure').toBe(1)
  await shop.control(`/subscriptions/${subscription?.id}/renew`, { outcome: 'succeeded' })
  await expect(header.balance).toHaveText('1,600')

  await expect.poll(async () => (await started()).length, 'the first second of the period').toBe(1)
  const dialog = await billing.choose('Enterprise monthly')
  await expect(dialog).toContainText('$149.00')
  await dialog.getByRole('button', { name: 'Pay $149.00 and change' }).click()
  await expect(billing.plan('Enterprise monthly')).toBeVisible()
  await expect(header.balance).toHaveText('4,600')
  await billing.cancel()
  await expect(page.getByText(/^Ends on/)).toBeVisible()
  open.expectSame()

  const invoice = page.waitForEvent('download')
  await page.getByRole('link', { name: /^Invoice of .*Enterprise monthly plan/ }).click()
  expect((await invoice).suggestedFilename()).toMatch(/^invoice-.*\.pdf$/)
  expect([...(await sql`select invariant, detail from verify_ledger(${user.id})`)]).toEqual([])
})
