import { expect, test } from './fixtures.ts'
import { AppHeader, BillingPage, CheckoutPage, MailedLinkPage, SignupPage } from './pages/index.ts'
import { buy, readLedger } from './support/ledger.ts'

const GOOD_CARD = '4242 4242 4242 4242'

test('what a visitor chose is still chosen after the sign-up', async ({ page, newcomer, mailbox }) => {
  await page.goto('/pricing')
  await page.getByRole('link', { name: 'Get Starter' }).click()
  await new SignupPage(page).signUp(newcomer.email)
  await new MailedLinkPage(page).confirm(await mailbox.link(newcomer.email), newcomer.password)
  await expect(page).toHaveURL('/buy-credits?package=starter')
  await expect(page.getByText('Your choice')).toHaveCount(1)
  await expect(page.getByRole('listitem').filter({ hasText: 'Your choice' })).toContainText('Buy Starter')
})

test('a package says how far it goes, what it saves and what there will be, and follows what there is', async ({
  userPage: page,
  user,
  sql,
}) => {
  await page.goto('/buy-credits')
  const pro = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Buy Pro' }) })
  await expect(pro).toContainText('Takes you from 100 to 600 credits')
  await expect(pro).toContainText(/Up to 500 runs of /)
  const packages = await sql<{ id: string; unit: number }[]>`
    select id, price::float8 / credits as unit from credit_packages
    where kind = 'one_time' and active and credit_type = 'general' and currency = 'USD'`
  const unitOf = (id: string) => packages.find((row) => row.id === id)?.unit ?? Number.NaN
  const dearest = Math.max(...packages.map(({ unit }) => unit))
  await expect(pro).toContainText(`save ${Math.floor((1 - unitOf('pro') / dearest) * 100)}%`)

  await new AppHeader(page).isLive()
  await buy(sql, user.id, { amount: 50 })
  await expect(pro).toContainText('Takes you from 150 to 650 credits')
})

test('an unfinished payment is resumed where it was left, and is one payment', async ({
  userPage: page,
  user,
  sql,
}) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('Starter')
  const address = page.url()
  const billing = new BillingPage(page)
  await billing.open()
  await expect(billing.payment('Starter package')).toContainText('Awaiting payment')
  await billing.button('Resume the payment for Starter package').click()
  await expect(page).toHaveURL(address)
  await checkout.pay(GOOD_CARD)
  await expect(page.getByRole('heading', { name: '100 credits added' })).toBeVisible()
  expect(await readLedger(sql, user.id)).toEqual({ balance: 200, rows: ['signup_bonus 100', 'purchase 100'] })

  await billing.open()
  await expect(billing.payment('Starter package')).toContainText('Paid')
  await expect(page.getByRole('button', { name: /^Resume/ })).toHaveCount(0)
})
