import type { Page } from '@playwright/test'
import { test as base, expect } from './fixtures.ts'
import { AppHeader, BillingPage, CheckoutPage } from './pages/index.ts'
import { stayOpen } from './support/stays-open.ts'
import { startStripeApp } from './support/stripe-app.ts'

/** Its bank asks the buyer. */
const CARD = '4000 0025 0000 3155'

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

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on the stack of the tests.')

/** A tab on a page, whose header follows the balance from now on. */
async function openLive(page: Page, path: string) {
  await page.goto(path)
  const header = new AppHeader(page)
  await header.isLive()
  return { header, open: stayOpen(page) }
}

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
  await checkout.pay(CARD)
  await checkout.page.getByRole('button', { name: 'Complete authentication' }).click()
  await checkout.page.waitForURL(/\/payment-success\?provider=stripe&session_id=/)
  await expect(checkout.page.getByRole('heading', { name: 'Pro monthly is active' })).toBeVisible()
  await expect(header.balance).toHaveText('600')
  await expect(billing.plan('Pro monthly')).toBeVisible()

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
