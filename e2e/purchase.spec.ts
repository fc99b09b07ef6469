import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, CheckoutPage } from './pages/index.ts'
import { readLedger } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { stayOpen } from './support/stays-open.ts'

const GOOD_CARD = '4242 4242 4242 4242'
const DECLINED_CARD = '4000 0000 0000 0002'
const SLOW_CARD = '4000 0000 0000 0077'

/** The payment that a page the buyer came back to is about. */
const paymentOf = (page: Page) => new URL(page.url()).searchParams.get('payment_id') ?? ''

test('a bought package arrives by itself, also on the page that was open before', async ({
  userPage: page,
  user,
  sql,
}) => {
  await page.goto('/dashboard')
  const header = new AppHeader(page)
  await header.isLive()
  const open = stayOpen(page)

  const checkout = new CheckoutPage(await page.context().newPage())
  await checkout.open('Pro')
  await expect(checkout.page.getByRole('button', { name: 'Pay $39.99' })).toBeVisible()
  await expect(checkout.page.getByLabel('E-mail')).toHaveValue(user.email)
  await checkout.pay(GOOD_CARD)
  await checkout.page.waitForURL(/\/payment-success\?/)
  await expect(checkout.page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect(checkout.page.getByText('Your new balance is 600 credits.')).toBeVisible()
  // Nothing but what finds the purchase again: not the buyer's address, which the provider adds.
  await expect(checkout.page).toHaveURL(/\/payment-success\?payment_id=[^&]+$/)
  await checkout.page.reload()
  await expect(checkout.page.getByRole('heading', { name: '500 credits added' })).toBeVisible()

  await expect(header.balance).toHaveText('600')
  await expect(page.getByRole('row').filter({ hasText: 'Pro package' })).toContainText('+500')
  open.expectSame()
  expect(await readLedger(sql, user.id)).toEqual({ balance: 600, rows: ['signup_bonus 100', 'purchase 500'] })
})

test('a bank that takes its time: the page says so, and then shows the credits by itself', async ({
  userPage: page,
  user,
}) => {
  await page.route('**/api/dodopayments/check', (route) => route.abort())
  const checkout = new CheckoutPage(page)
  await checkout.open('Starter')
  // It takes its time until that was seen.
  const held = await sandbox.holdBack(user.email, async () => {
    await checkout.pay(SLOW_CARD)
    await page.waitForURL(/\/payment-success\?/)
    await expect(page.getByRole('heading', { name: 'Confirming your payment' })).toBeVisible()
    await expect(new AppHeader(page).balance).toHaveText('100')
    return [paymentOf(page)]
  })
  const open = stayOpen(page)
  await sandbox.release(held)
  await expect(page.getByRole('heading', { name: '100 credits added' })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('200')
  open.expectSame()
})

test('a declined card grants nothing, says why, and another card may be tried', async ({
  userPage: page,
  user,
  sql,
}) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('Pro')
  await checkout.pay(DECLINED_CARD)
  await expect(page.getByRole('alert')).toContainText('Your card was declined. Nothing was charged.')
  await page.getByRole('link', { name: 'Return to merchant' }).click()
  await expect(page.getByRole('heading', { name: 'The payment did not go through' })).toBeVisible()
  await expect(page.getByText('Your card was declined. Nothing was charged')).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('100')
  await sandbox.answers(paymentOf(page))
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })

  await page.getByRole('link', { name: 'Try another card' }).click()
  await page.getByRole('button', { name: 'Buy Pro' }).click()
  await checkout.pay(GOOD_CARD)
  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('600')
})

test('who comes back from the checkout without paying is told that nothing was charged', async ({
  userPage: page,
  user,
  sql,
}) => {
  await new CheckoutPage(page).open('Enterprise')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page).toHaveURL('/buy-credits?cancelled=1')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was charged.' })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('100')
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})

test('however often the webhook comes, under its own id or under others, it grants once', async ({
  userPage: page,
  user,
  sql,
}) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('Pro')
  await checkout.pay(GOOD_CARD)
  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  const paymentId = paymentOf(page)
  const [delivery] = await sandbox.deliveries(paymentId)
  await Promise.all([
    sandbox.resend(delivery?.id ?? '', { times: 20 }),
    sandbox.resend(delivery?.id ?? '', { times: 20, asNew: true }),
  ])
  const sent = async () => (await sandbox.deliveries(paymentId)).flatMap(({ attempts }) => attempts).length
  await expect.poll(sent, 'once, and 20 times more each').toBe(41)
  expect(new Set(await sandbox.answers(paymentId))).toEqual(new Set([200]))
  expect(await readLedger(sql, user.id)).toEqual({ balance: 600, rows: ['signup_bonus 100', 'purchase 500'] })
  await page.goto('/dashboard')
  await expect(new AppHeader(page).balance).toHaveText('600')
})

test('a double click opens one checkout', async ({ userPage: page, user, sql }) => {
  await page.goto('/buy-credits')
  await page.getByRole('button', { name: 'Buy Starter' }).dblclick()
  await page.waitForURL(/\/session\//)
  const payments = await sql`select status, amount::int, currency from payments where user_id = ${user.id}`
  expect([...payments]).toEqual([{ status: 'pending', amount: 999, currency: 'USD' }])
})

test('the address of the success page proves nothing', async ({
  userPage: page,
  user,
  sql,
  openBrowser,
  admin,
}) => {
  await page.goto('/payment-success?payment_id=pay_invented&status=succeeded')
  await expect(page.getByRole('heading', { name: 'Confirming your payment' })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('100')

  // Nor does the payment of somebody else.
  const other = await openBrowser(admin)
  const checkout = new CheckoutPage(other)
  await checkout.open('Starter')
  await checkout.pay(GOOD_CARD)
  await expect(other.getByRole('heading', { name: '100 credits added' })).toBeVisible()
  await page.goto(other.url())
  await expect(page.getByRole('heading', { name: 'Confirming your payment' })).toBeVisible()
  await expect(page.getByText('credits added')).toBeHidden()
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})
