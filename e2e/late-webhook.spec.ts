import { expect, test } from './fixtures.ts'
import { AppHeader, CheckoutPage } from './pages/index.ts'
import { holdRequests } from './support/hold-requests.ts'
import { readLedger } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { stayOpen } from './support/stays-open.ts'

const GOOD_CARD = '4242 4242 4242 4242'
const DECLINED_CARD = '4000 0000 0000 0002'

/** The page waits ten seconds before it has the provider asked. */
const SOON_AFTER = { timeout: 60_000 }

test('a purchase whose webhook does not come ends right by itself, and once', async ({
  userPage: page,
  user,
  sql,
}) => {
  // The page asks by itself, but not before it was seen waiting.
  const letAsk = await holdRequests(page, '**/api/dodopayments/check')
  const checkout = new CheckoutPage(page)
  await checkout.open('Pro')
  let paymentId = ''
  const held = await sandbox.holdBack(user.email, async () => {
    await checkout.pay(GOOD_CARD)
    await page.waitForURL(/\/payment-success\?/)
    paymentId = new URL(page.url()).searchParams.get('payment_id') ?? ''
    return [paymentId]
  })
  expect(held).toHaveLength(1)
  await expect(page.getByRole('heading', { name: 'Confirming your payment' })).toBeVisible()
  await expect(new AppHeader(page).balance).toHaveText('100')
  const open = stayOpen(page)
  letAsk()

  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible(SOON_AFTER)
  await expect(new AppHeader(page).balance).toHaveText('600')
  open.expectSame()

  await sandbox.release(held)
  expect(await sandbox.answers(paymentId)).toEqual([200])
  expect(await readLedger(sql, user.id)).toEqual({ balance: 600, rows: ['signup_bonus 100', 'purchase 500'] })
})

test('so does a plan: its membership and its first credits, once', async ({ userPage: page, user, sql }) => {
  const checkout = new CheckoutPage(page)
  await checkout.subscribe('Pro monthly')
  let subscriptionId = ''
  const held = await sandbox.holdBack(user.email, async () => {
    await checkout.pay(GOOD_CARD)
    await page.waitForURL(/\/payment-success\?/)
    subscriptionId = new URL(page.url()).searchParams.get('subscription_id') ?? ''
    return [subscriptionId, await sandbox.paymentOf(subscriptionId)]
  })
  expect(held).toHaveLength(3)
  await expect(page.getByRole('heading', { name: 'Pro monthly is active' })).toBeVisible(SOON_AFTER)
  await expect(new AppHeader(page).balance).toHaveText('600')

  await sandbox.release(held)
  expect(await sandbox.answers(subscriptionId)).toEqual([200, 200])
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 600,
    rows: ['signup_bonus 100', 'subscription_grant 500'],
  })
  const [profile] = await sql`select membership_tier from profiles where id = ${user.id}`
  expect(profile?.membership_tier).toBe('pro')
})

test('a refusal is told at once, and its reason when that comes later', async ({ userPage: page, user }) => {
  await page.route('**/api/dodopayments/check', (route) => route.abort())
  const checkout = new CheckoutPage(page)
  await checkout.subscribe('Pro monthly')
  let subscriptionId = ''
  const held = await sandbox.holdBack(user.email, async () => {
    await checkout.pay(DECLINED_CARD)
    await page.getByRole('link', { name: 'Return to merchant' }).click()
    await page.waitForURL(/\/payment-success\?/)
    subscriptionId = new URL(page.url()).searchParams.get('subscription_id') ?? ''
    return [await sandbox.paymentOf(subscriptionId), subscriptionId]
  })
  expect(held).toHaveLength(2)
  const [ofPayment = '', ofSubscription = ''] = held
  await sandbox.release([ofSubscription])
  await expect(page.getByText('The payment was not completed. Nothing was charged')).toBeVisible()
  const open = stayOpen(page)
  await sandbox.release([ofPayment])
  await expect(page.getByText('Your card was declined. Nothing was charged')).toBeVisible()
  open.expectSame()
})

test('asking is for who is signed in here, and takes nothing from the browser', async ({
  request,
  userPage: page,
  baseURL,
}) => {
  const ask = (context = page.request, data: object = {}, origin = baseURL ?? '') =>
    context.post('/api/dodopayments/check', { data, headers: { origin } })
  expect((await ask(request)).status()).toBe(401)
  expect((await ask(page.request, {}, 'https://elsewhere.example')).status()).toBe(403)
  expect((await ask(page.request, { paymentId: 'pay_1' })).status()).toBe(400)
  expect(await (await ask()).json()).toEqual({ outcome: 'nothing' })
})
