import { expect, test } from './fixtures.ts'
import { BillingPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { payByApi } from './support/subscribe.ts'

const CHECKOUT = '/api/dodopayments/checkout'

test('two plans that were opened before either was paid end as one, and the second one’s money comes back', async ({
  userPage: page,
  user,
  sql,
}) => {
  const open = async (packageId: string) => (await callApi(page, CHECKOUT, { packageId })).body.checkoutUrl
  const first = await open('pro-monthly')
  const second = await open('enterprise-monthly')
  expect(await open('pro-monthly')).toBe(first)
  await payByApi(first)
  const billing = new BillingPage(page)
  await billing.open()
  await expect(billing.plan('Pro monthly')).toBeVisible()

  await page.goto(await payByApi(second))
  await expect(page.getByRole('heading', { name: 'You have a plan already' })).toBeVisible()

  await billing.open()
  await expect(billing.plan('Pro monthly')).toBeVisible()
  await expect(billing.payment('Enterprise monthly plan')).toContainText('Refunded')
  await expect(page.getByText('Enterprise monthly was started while you already had a plan')).toBeHidden()
  await billing.cancel()
  await expect(billing.button('Resume plan')).toBeVisible()
  await expect(page.getByText(/^Nothing more will be charged\./)).toBeVisible()
  const renewing = await sql`
    select from subscriptions where user_id = ${user.id} and status = 'active' and not cancel_at_period_end`
  expect(renewing).toHaveLength(0)
  expect(await sql`select * from verify_ledger(${user.id})`).toHaveLength(0)
})
