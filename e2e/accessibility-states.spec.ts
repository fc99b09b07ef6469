import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, BillingPage, CheckoutPage, ExampleToolPage, ImageConverterPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { expectAccessible, PHONE } from './support/expect-accessible.ts'
import { expectLayersAccessible, layer } from './support/expect-layers-accessible.ts'
import { charge } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { subscribe } from './support/subscribe.ts'

const LONG_NAME = `${'a-very-long-name-'.repeat(8)}.png`

async function open(page: Page, path: string) {
  await page.goto(path)
  await new AppHeader(page).isLive()
}

test('what opens from the header can be used by everyone', async ({ userPage: page }) => {
  await open(page, '/dashboard')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectAccessible(page, 'command menu')
  await page.keyboard.press('Escape')
  await page.getByTestId('user-menu').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectAccessible(page, 'account menu')
  await page.keyboard.press('Escape')
  await page.setViewportSize(PHONE)
  await page.getByRole('button', { name: 'Open menu' }).click()
  await expect(layer(page)).toBeVisible()
  await expectAccessible(page, 'menu', [PHONE])
})

test('what a transaction says of itself can be read by everyone', async ({ userPage: page, user, sql }) => {
  await charge(sql, user.id, { description: LONG_NAME })
  await open(page, '/transactions')
  await page.getByRole('button', { name: ', −1' }).click()
  await expect(page.getByRole('dialog').getByText('Paid with')).toBeVisible()
  await expectAccessible(page, 'why')
})

test('what opens in the settings, and what is wrong there, can be used by everyone', async ({
  userPage: page,
}) => {
  await open(page, '/settings')
  await expectLayersAccessible(page, [
    'Create API key', // #only api
    'Close account',
  ])
  await page.getByRole('main').getByRole('button', { name: 'Close account' }).click()
  await layer(page).getByRole('textbox').fill('nobody@example.com')
  await layer(page)
    .getByRole('button', { name: /^Close/ })
    .first()
    .click()
  await expect(layer(page).getByRole('alert')).toBeVisible()
  await expectAccessible(page, 'a field that is wrong')
})

// #region text-generation
test('a result, its run and what deletes it can be used by everyone', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await new AppHeader(page).isLive()
  await tool.write('The harbor opened in 1887. It made the town rich.')
  await tool.run.click()
  await expect(tool.summary).toContainText('1887')
  await expectAccessible(page, 'result')
  await page.goto('/runs')
  await page.getByRole('row').getByRole('link').first().click()
  await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible()
  await expectAccessible(page, 'run')
  await expectLayersAccessible(page, ['Delete'])
})
// #endregion

// #region image-converter
test('files that are chosen can be used by everyone', async ({ userPage: page }) => {
  const converter = new ImageConverterPage(page)
  await converter.open()
  await converter.choose({ name: LONG_NAME, mimeType: 'image/png', buffer: Buffer.from('x') })
  await expect(converter.chosen).toHaveCount(1)
  await expectAccessible(page, 'chosen files')
})
// #endregion

// #region payments
test('what a buyer reads after paying, and while in debt, can be used by everyone', async ({
  userPage: page,
  user,
  sql,
}) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('Starter')
  await checkout.pay('4242 4242 4242 4242')
  await expect(page.getByRole('heading', { name: '100 credits added' })).toBeVisible()
  await new AppHeader(page).isLive()
  await expectAccessible(page, 'paid')
  await charge(sql, user.id, { amount: 150 })
  await sandbox.refund(new URL(page.url()).searchParams.get('payment_id') ?? '')
  await open(page, '/dashboard')
  await expect(page.getByText('You owe 50 credits')).toBeVisible()
  await expectAccessible(page, 'debt')
})

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
  await expectAccessible(page, 'plan')
  await billing.choose('Pro yearly')
  await expectAccessible(page, 'change')
  await page.keyboard.press('Escape')
  await expectLayersAccessible(page, ['Cancel plan'])
  await sandbox.renew(subscriptionId)
  await expect(page.getByText('On hold', { exact: true })).toBeVisible()
  await expectAccessible(page, 'on hold')
})
// #endregion
