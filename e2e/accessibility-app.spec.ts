import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import type { Database } from './support/database.ts'
import { expectAccessible } from './support/expect-accessible.ts'
import { buy, charge } from './support/ledger.ts'
import { ADMIN_PAGES, APP_PAGES } from './support/page-paths.ts'
import { buyByApi } from './support/subscribe.ts'

const PAGES = [
  ...APP_PAGES,
  // #region payments
  '/buy-credits?show=plans',
  '/payment-success?payment_id=pay_unknown',
  // #endregion
  '/transactions?show=expired',
  '/transactions?days=custom',
  '/transactions/nonsense',
]
const LONG_NAME = `${'a-very-long-name-'.repeat(8)}.png`

/** Those that say something else to who has done nothing yet. */
const EMPTY_PAGES = [
  '/dashboard',
  '/transactions',
  '/runs',
  ...(APP_PAGES.includes('/billing') ? ['/billing'] : []),
]

async function expectPageAccessible(page: Page, path: string) {
  await page.goto(path)
  await new AppHeader(page).isLive()
  await expectAccessible(page, path)
}

for (const path of EMPTY_PAGES) {
  test(`${path} can be used by everyone while it is empty`, async ({ userPage: page }) => {
    await expectPageAccessible(page, path)
  })
}

for (const path of PAGES) {
  test(`${path} can be used by everyone`, async ({ userPage: page, user, sql }) => {
    await buy(sql, user.id, { amount: 20, days: 3, description: LONG_NAME })
    await charge(sql, user.id, { times: 25, description: LONG_NAME })
    await expectPageAccessible(page, path)
  })
}

// #region payments admin
/** A payment of the user, a part of which is given back, as lists and records of the admin area show it. */
async function makePayment(
  userPage: Page,
  adminPage: Page,
  { sql, userId }: { sql: Database; userId: string },
) {
  await buyByApi(userPage, 'pro')
  const payments = () => sql<{ id: string; paymentId: string }[]>`
    select id, provider_payment_id as "paymentId" from payments
    where user_id = ${userId} and status = 'succeeded'`
  await expect.poll(async () => (await payments()).length).toBe(1)
  const [payment = { id: '', paymentId: '' }] = await payments()
  const { status } = await callApi(adminPage, '/api/admin/payments/refund', {
    ...{ paymentId: payment.id, amount: 100, reason: LONG_NAME, idempotencyKey: crypto.randomUUID() },
  })
  expect(status).toBe(200)
  return payment
}

for (const path of [...ADMIN_PAGES, '/admin/payments?q=nobody-has-this-address', '/admin/nonsense']) {
  test(`${path} can be used by every admin`, async ({ userPage, adminPage: page, user, sql }) => {
    await makePayment(userPage, page, { sql, userId: user.id })
    if (path === '/admin/reconciliation') await callApi(page, '/api/admin/reconcile', { days: 1 })
    await expectPageAccessible(page, path)
  })
}

test('the record of each thing can be used by every admin', async ({
  userPage,
  adminPage: page,
  sql,
  user,
}) => {
  const { id, paymentId } = await makePayment(userPage, page, { sql, userId: user.id })
  await charge(sql, user.id, { description: LONG_NAME })
  const [event] = await sql<
    { id: string }[]
  >`select id from payment_events where ${paymentId} = any(provider_ids)`
  for (const path of [
    `/admin/payments/${id}`,
    `/admin/webhooks/${event?.id}`,
    `/admin/users/${user.id}`,
    '/admin/users/no-such-user',
  ]) {
    await expectPageAccessible(page, path)
  }
})
// #endregion
