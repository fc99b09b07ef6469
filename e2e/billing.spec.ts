import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { AppHeader, BillingPage, CheckoutPage } from './pages/index.ts'
import { charge, readLedger } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { stayOpen } from './support/stays-open.ts'
import { buyByApi, openBillingOfSubscriber, subscribe } from './support/subscribe.ts'

const GOOD_CARD = '4242 4242 4242 4242'
const DECLINED_CARD = '4000 0000 0000 0002'

test('who subscribes has the plan and its credits, also on the page that was open before', async ({
  userPage: page,
  user,
  sql,
}) => {
  const billing = new BillingPage(page)
  await billing.open()
  await expect(page.getByRole('heading', { name: 'You have no plan' })).toBeVisible()
  const header = new AppHeader(page)
  const open = stayOpen(page)

  const checkout = new CheckoutPage(await page.context().newPage())
  await checkout.subscribe('Pro monthly')
  await expect(checkout.page.getByRole('button', { name: 'Pay $29.00' })).toBeVisible()
  await checkout.pay(GOOD_CARD)
  await checkout.page.waitForURL(/\/payment-success\?subscription_id=/)
  await expect(checkout.page.getByRole('heading', { name: 'Pro monthly is active' })).toBeVisible()
  await expect(checkout.page.getByText('500 credits added. Your new balance is 600 credits.')).toBeVisible()

  await expect(header.balance).toHaveText('600')
  await expect(billing.plan('Pro monthly')).toBeVisible()
  await expect(page.getByText(/^Renews on .* for \$29\.00\.$/)).toBeVisible()
  await expect(page.getByText('Visa ending in 4242', { exact: true })).toBeVisible()
  await expect(billing.payment('Pro monthly plan')).toContainText('Paid')
  open.expectSame()
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 600,
    rows: ['signup_bonus 100', 'subscription_grant 500'],
  })
})

test('a card that is declined begins no plan, and the page says why', async ({
  userPage: page,
  user,
  sql,
}) => {
  const checkout = new CheckoutPage(page)
  await checkout.subscribe('Pro monthly')
  await checkout.pay(DECLINED_CARD)
  await page.getByRole('link', { name: 'Return to merchant' }).click()
  await expect(page.getByRole('heading', { name: 'The payment did not go through' })).toBeVisible()
  await expect(page.getByText('Your card was declined.')).toBeVisible()
  await page.getByRole('link', { name: 'Try another card' }).click()
  await expect(page.getByRole('button', { name: 'Subscribe to Pro monthly' })).toBeVisible()
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})

test('a renewal brings credits to the tab that is open', async ({ userPage: page, user, sql }) => {
  const subscriptionId = await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  const billing = new BillingPage(page)
  await billing.open()
  const header = new AppHeader(page)
  await expect(header.balance).toHaveText('600')
  const open = stayOpen(page)
  await sandbox.renew(subscriptionId)
  await expect(header.balance).toHaveText('1,100')
  await expect(billing.payment('Pro monthly plan')).toHaveCount(2)
  open.expectSame()
})

test('a dearer plan is taken at once: what it says is charged, is charged, once', async ({
  userPage: page,
  user,
  sql,
}) => {
  const subscriptionId = await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  const billing = new BillingPage(page)
  await billing.open()
  const dialog = await billing.choose('Pro yearly')
  await expect(dialog.getByText(/\$290\.00 is charged today\. A new year begins today/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Pay $290.00 and change' }).dblclick()
  await expect(dialog).toBeHidden()
  await expect(billing.plan('Pro yearly')).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('6,600')
  await expect(page.getByText(/^Renews on .* for \$290\.00\.$/)).toBeVisible()
  await expect(billing.payment('Pro yearly plan')).toContainText('$290.00')
  const charges = await sandbox.charges(subscriptionId)
  expect(charges.map(({ total_amount }) => total_amount).sort()).toEqual([2900, 29000])
})

test('a cheaper plan waits for the end of the period, and can be taken back', async ({
  userPage: page,
  user,
  sql,
}) => {
  const subscriptionId = await subscribe(page, sql, { userId: user.id, planId: 'enterprise-monthly' })
  const billing = new BillingPage(page)
  await billing.open()
  const scheduled = page.getByText(/^Changes to Pro monthly on .*, for \$29\.00 a month\.$/)
  const schedule = async () => {
    const dialog = await billing.choose('Pro monthly')
    await expect(dialog.getByText('Nothing is charged today')).toBeVisible()
    await dialog.getByRole('button', { name: /^Change on/ }).click()
    await expect(scheduled).toBeVisible()
  }
  await schedule()
  await billing.button('Stay with Enterprise monthly').click()
  await expect(page.getByText(/^Renews on .* for \$149\.00\.$/)).toBeVisible()
  await schedule()
  expect((await readLedger(sql, user.id)).balance).toBe(3100)

  await sandbox.renew(subscriptionId)
  await expect(billing.plan('Pro monthly')).toBeVisible()
  await expect(page.getByText(/^Renews on .* for \$29\.00\.$/)).toBeVisible()
  expect((await readLedger(sql, user.id)).rows.at(-1)).toBe('subscription_grant 500')
  const charges = await sandbox.charges(subscriptionId)
  expect(charges.map(({ total_amount }) => total_amount).sort()).toEqual([14900, 2900])
})

test('a plan that is cancelled stays until its period ends, and can be resumed', async ({
  userPage: page,
  user,
  sql,
}) => {
  const subscriptionId = await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  const billing = new BillingPage(page)
  await billing.open()
  await billing.cancel()
  await expect(page.getByText(/^Ends on /)).toBeVisible()
  await expect(page.getByText(/Everything stays as it is until/)).toBeVisible()
  const tier = async () =>
    (await sql`select membership_tier from profiles where id = ${user.id}`)[0]?.membership_tier
  expect(await tier()).toBe('pro')

  await billing.button('Resume plan').click()
  await expect(page.getByText(/^Renews on/)).toBeVisible()
  await billing.cancel()
  await expect(page.getByText(/^Ends on /)).toBeVisible()

  await sandbox.renew(subscriptionId)
  await expect(page.getByRole('heading', { name: 'You have no plan' })).toBeVisible()
  expect(await tier()).toBeNull()
  expect((await readLedger(sql, user.id)).balance).toBe(600)
})

test('a renewal that fails puts the plan on hold and says what helps; a new card brings it back', async ({
  userPage: page,
  user,
  sql,
}) => {
  const subscriptionId = await subscribe(page, sql, {
    userId: user.id,
    planId: 'pro-monthly',
    card: 'failsLater',
  })
  const billing = new BillingPage(page)
  await billing.open()
  await sandbox.renew(subscriptionId)
  await expect(page.getByText('On hold', { exact: true })).toBeVisible()
  await expect(page.getByText('A new card pays it and brings the plan back.')).toBeVisible()
  await expect(billing.payment('Failed')).toContainText('Your card was declined.')
  await expect(billing.button('Change plan')).toBeHidden()

  await billing.button('Manage payment method').click()
  await page.waitForURL(/\/portal\//)
  await page.getByRole('button', { name: 'Change card' }).click()
  await new CheckoutPage(page).pay(GOOD_CARD)
  await page.waitForURL(/\/portal\//)
  await page.getByRole('link', { name: 'Back to merchant' }).click()
  await expect(page).toHaveURL('/billing')
  await expect(page.getByText('Active', { exact: true })).toBeVisible()
  await expect(page.getByText('Visa ending in 4242', { exact: true })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('1,100')
})

test('another card pays the plan from the portal on, and the page says which', async ({
  userPage: page,
  user,
  sql,
}) => {
  const billing = await openBillingOfSubscriber(page, sql, user)
  await expect(page.getByText('Visa ending in 4242', { exact: true })).toBeVisible()
  await billing.button('Change the payment method').click()
  await page.waitForURL(/\/portal\//)
  await page.getByRole('button', { name: 'Change card' }).click()
  await new CheckoutPage(page).pay('5555 5555 5555 4444')
  await page.waitForURL(/\/portal\//)
  await page.getByRole('link', { name: 'Back to merchant' }).click()
  await expect(page.getByText('Mastercard ending in 4444', { exact: true })).toBeVisible()
  expect((await readLedger(sql, user.id)).balance).toBe(600)
})

test('a change of plan that cannot be paid changes nothing, and says so', async ({
  userPage: page,
  user,
  sql,
}) => {
  await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly', card: 'failsLater' })
  const billing = new BillingPage(page)
  await billing.open()
  const dialog = await billing.choose('Pro yearly')
  await dialog.getByRole('button', { name: /^Pay/ }).click()
  await expect(page.getByText('Your card was declined. Your plan is as it was.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(billing.plan('Pro monthly')).toBeVisible()
  await expect(billing.payment('Failed')).toHaveCount(1)
  expect((await readLedger(sql, user.id)).balance).toBe(600)
})

test('an invoice is saved as a PDF', async ({ userPage: page, user, sql }) => {
  await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  await new BillingPage(page).open()
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: /^Invoice of .*Pro monthly plan/ }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^invoice-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.pdf$/)
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.toString('latin1')).toContain('$29.00'.slice(1))
})

test('who has a plan is led to change it, also from a page that was open before', async ({
  userPage: page,
  user,
  sql,
}) => {
  await page.goto('/buy-credits?show=plans')
  await expect(page.getByRole('button', { name: 'Subscribe to Pro yearly' })).toBeVisible()
  await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  await expect(page.getByRole('button', { name: /^Subscribe/ })).toHaveCount(0)
  await page.getByRole('link', { name: 'Change plan' }).first().click()
  await expect(new BillingPage(page).plan('Pro monthly')).toBeVisible()

  for (const path of ['/buy-credits?show=plans', '/pricing']) {
    await page.goto(path)
    await page.getByRole('radio', { name: 'Plans' }).click()
    await expect(page.getByRole('link', { name: 'Current plan' })).toHaveAttribute('href', '/billing')
    await expect(page.getByRole('link', { name: 'Change plan' })).toHaveCount(2)
    await expect(page.getByRole('button', { name: /^Subscribe/ })).toHaveCount(0)
  }
})

test('a purchase that repays a debt says so, and shows the balance there really is', async ({
  userPage: page,
  user,
  sql,
}) => {
  await buyByApi(page, 'starter')
  await expect.poll(async () => (await readLedger(sql, user.id)).balance).toBe(200)
  await charge(sql, user.id, { amount: 150 })
  const [payment] = await sql`select provider_payment_id as id from payments where user_id = ${user.id}`
  await sandbox.refund(String(payment?.id))
  const billing = new BillingPage(page)
  await billing.open()
  await expect(billing.payment('Starter package')).toContainText('Refunded')
  await expect(page.getByText('You owe 50 credits')).toBeVisible()

  const checkout = new CheckoutPage(page)
  await checkout.open('Pro')
  await checkout.pay(GOOD_CARD)
  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect(page.getByText('50 of them repaid what was taken back earlier.')).toBeVisible()
  await expect(page.getByText('Your new balance is 450 credits.')).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('450')
})
