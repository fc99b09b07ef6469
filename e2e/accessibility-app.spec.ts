import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AdminPaymentPage, AppHeader, BillingPage, ImageConverterPage } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'
import { buy, charge } from './support/ledger.ts'
import { ADMIN_PAGES, APP_PAGES } from './support/page-paths.ts'
import { sandbox } from './support/sandbox.ts'
import { subscribe } from './support/subscribe.ts'

const PAGES = [
  ...APP_PAGES,
  // #region payments
  '/buy-credits?show=plans',
  '/payment-success?payment_id=pay_unknown',
  // #endregion
  '/transactions?show=expired',
  '/transactions?days=custom',
]
const LONG_NAME = `${'a-very-long-name-'.repeat(8)}.png`
/** What a page leaves free at the side of a small screen. */
const MARGIN_PX = 16

async function expectUsable(page: Page, name: string): Promise<void> {
  // Not the skeleton that stands there before.
  await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations, name).toEqual([])
  const overflow = await page.evaluate(() => document.body.scrollWidth - window.innerWidth)
  expect(overflow, `${name} is wider than the screen by`).toBeLessThanOrEqual(0)
  const margins = await page
    .locator('[data-slot=card]')
    .evaluateAll((cards) => cards.map((card) => window.innerWidth - card.getBoundingClientRect().right))
  expect(Math.min(...margins, MARGIN_PX), `the margin beside the cards of ${name}`).toBeGreaterThanOrEqual(
    MARGIN_PX,
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme}, on a small screen`, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 844 } })

    test('every page of a person can be used by everyone', async ({ userPage: page, user, sql }) => {
      await buy(sql, user.id, { amount: 20, days: 3, description: LONG_NAME })
      await charge(sql, user.id, { times: 25, description: LONG_NAME })
      for (const path of PAGES) {
        await page.goto(path)
        await new AppHeader(page).isLive()
        await expectUsable(page, path)
      }
    })

    test('what opens on a page can be used by everyone', async ({ userPage: page, user, sql }) => {
      await charge(sql, user.id, { description: LONG_NAME })
      await page.goto('/transactions')
      await new AppHeader(page).isLive()
      await page.getByRole('button', { name: ', −1' }).click()
      await expect(page.getByRole('dialog').getByText('Paid with')).toBeVisible()
      await expectUsable(page, 'why')

      // #region image-converter
      const converter = new ImageConverterPage(page)
      await converter.open()
      await converter.choose({ name: LONG_NAME, mimeType: 'image/png', buffer: Buffer.from('x') })
      await expect(converter.chosen).toHaveCount(1)
      await expectUsable(page, 'chosen files')
      // #endregion
    })

    // #region payments
    test('the page of a plan, and what opens on it, can be used by everyone', async ({
      userPage: page,
      user,
      sql,
    }) => {
      const plan = { userId: user.id, planId: 'pro-monthly', card: 'failsLater' } as const
      const subscriptionId = await subscribe(page, sql, plan)
      await callApi(page, '/api/dodopayments/checkout', { packageId: 'enterprise' })
      const billing = new BillingPage(page)
      await billing.open()
      await new AppHeader(page).isLive()
      await expectUsable(page, 'plan')
      await billing.choose('Pro yearly')
      await expectUsable(page, 'change')
      await page.keyboard.press('Escape')
      await billing.button('Cancel plan').click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await expectUsable(page, 'cancel')
      await page.keyboard.press('Escape')
      await sandbox.renew(subscriptionId)
      await expect(page.getByText('On hold', { exact: true })).toBeVisible()
      await expectUsable(page, 'on hold')
    })
    // #endregion

    // #region payments admin
    test('every page of the admin area can be used by everyone', async ({
      userPage,
      adminPage: page,
      sql,
    }) => {
      test.slow()
      const { id, paymentId } = await buyPackage(userPage, sql)
      await callApi(page, '/api/admin/payments/refund', {
        ...{ paymentId: id, amount: 100, reason: LONG_NAME, idempotencyKey: crypto.randomUUID() },
      })
      await callApi(page, '/api/admin/reconcile', { days: 1 })
      const [event] = await sql<
        { id: string }[]
      >`select id from payment_events where ${paymentId} = any(provider_ids)`
      for (const path of [
        ...ADMIN_PAGES,
        '/admin/payments?q=nobody-has-this-address',
        `/admin/payments/${id}`,
        `/admin/webhooks/${event?.id}`,
      ]) {
        await page.goto(path)
        await new AppHeader(page).isLive()
        await expectUsable(page, path)
      }
      const payment = new AdminPaymentPage(page)
      await payment.open(id)
      await payment.review(LONG_NAME, '1.00')
      await expect(payment.confirmation).toBeVisible()
      await expectUsable(page, 'confirmation')
    })
    // #endregion

    // #region admin
    test('the page of a user can be used by every admin', async ({ adminPage: page, user, sql }) => {
      await charge(sql, user.id, { description: LONG_NAME })
      await page.goto(`/admin/users/${user.id}`)
      await new AppHeader(page).isLive()
      await page.getByRole('button', { name: 'Verify ledger' }).click()
      await expect(page.getByText('Everything adds up')).toBeVisible()
      await expectUsable(page, 'user')
      for (const name of ['Refund 1 credit', 'Change']) {
        await page.getByRole('button', { name }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectUsable(page, name)
        await page.keyboard.press('Escape')
      }
    })
    // #endregion
  })
}
