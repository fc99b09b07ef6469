import { expect, test } from './fixtures.ts'
import { AppHeader, BillingPage, CheckoutPage } from './pages/index.ts'
import { readLedger } from './support/ledger.ts'

const GOOD_CARD = '4242 4242 4242 4242'

test('who subscribes has the plan and its credits, also on the page that was open before', async ({
  userPage: page,
  user,
  sql,
}) => {
  const billing = new BillingPage(page)
  await billing.open()
  await expect(page.getByRole('heading', { name: 'You have no plan' })).toBeVisible()
  const header = new AppHeader(page)
  await header.isLive()

  const checkout = new CheckoutPage(await page.context().newPage())
  await checkout.subscribe('Pro monthly')
  await expect(checkout.page.getByRole('button', { name: 'Pay $29.00' })).toBeVisible()
  await checkout.pay(GOOD_CARD)
  await checkout.page.waitForURL(/\/payment-success\?/)

  await expect(header.balance).toHaveText('600')
  await page.reload()
  await expect(billing.plan('Pro monthly')).toBeVisible()
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 600,
    rows: ['signup_bonus 100', 'subscription_grant 500'],
  })
})
