import { expect, test } from './fixtures.ts'
import { AppHeader, DashboardPage } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { charge } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { subscribe } from './support/subscribe.ts'

test('a debt is told with the way out of it, and not as a low balance too', async ({
  userPage: page,
  user,
  sql,
}) => {
  const { paymentId } = await buyPackage(page, sql)
  await charge(sql, user.id, { amount: 450 })
  const dashboard = new DashboardPage(page)
  await dashboard.open()
  await new AppHeader(page).isLive()
  await sandbox.refund(paymentId)
  await expect(dashboard.notices).toHaveText(['You owe 350 credits'])
  await expect(dashboard.summary).toContainText(
    '0 credits: 100 welcome, 500 bought, −150 taken back, −450 used',
  )
  await page.getByRole('main').getByRole('link', { name: 'Buy credits' }).last().click()
  await expect(page).toHaveURL('/buy-credits')
  await expect(page.getByText('You owe 350 credits')).toHaveCount(1)
})

test('a plan on hold is told where people look, in the words of its own page', async ({
  userPage: page,
  user,
  sql,
}) => {
  const plan = { userId: user.id, planId: 'pro-monthly', card: 'failsLater' } as const
  const subscriptionId = await subscribe(page, sql, plan)
  const dashboard = new DashboardPage(page)
  await dashboard.open()
  await expect(dashboard.figure('Next renewal')).toContainText('500 credits for $29.00')
  await expect(dashboard.notices).toHaveCount(0)
  await sandbox.renew(subscriptionId)
  await expect(dashboard.notices).toHaveText([/: on hold$/])
  const told = 'The renewal could not be charged, so there are no new credits and no membership for now.'
  await expect(page.getByText(told)).toBeVisible()
  await page.getByRole('link', { name: 'Update your payment method' }).click()
  await expect(page).toHaveURL('/billing')
  await expect(page.getByText(told)).toBeVisible()
})
