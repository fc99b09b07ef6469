import { expect, test } from './fixtures.ts'
import { AppHeader, CheckoutPage, ExampleToolPage } from './pages/index.ts'
import { stackEnv } from './support/environment.ts'
import { holdRequests } from './support/hold-requests.ts'
import { balanceOf, buy } from './support/ledger.ts'

// #region payments
test('a purchase ends with a receipt', async ({ userPage, user, mailbox }) => {
  const checkout = new CheckoutPage(userPage)
  await checkout.open('Pro')
  await checkout.pay('4242 4242 4242 4242')
  await expect(userPage.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect
    .poll(() => mailbox.texts(user.email))
    .toEqual([
      expect.stringMatching(
        /Credits: 500\nPaid: \$39\.99\n(.*\n)*Date: .* UTC\nSold by: .+\nNew balance: 600\nPayment: pay_/,
      ),
    ])
})
// #endregion

test('a low balance is emailed, once a day, below the number the user chose', async ({
  userPage,
  user,
  sql,
  mailbox,
  request,
}) => {
  await userPage.goto('/settings')
  const limit = userPage.getByLabel('When it falls below')
  await expect(userPage.getByRole('switch', { name: 'Low balance' })).toBeChecked()
  await expect(limit).toHaveValue('20')
  await limit.fill('many')
  await userPage.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(userPage.getByText('Enter whole numbers of credits')).toBeVisible()
  await limit.fill('100')
  await userPage.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(userPage.getByText('Saved.')).toBeVisible()

  const tool = new ExampleToolPage(userPage)
  await tool.open()
  await tool.write('Credits are taken before a tool runs. They come back if it fails.')
  await tool.run.click()
  await expect(tool.summary).toBeVisible()
  const left = await balanceOf(sql, user.id)
  expect(left).toBeLessThan(100)
  await expect.poll(() => mailbox.subjects(user.email)).toEqual([`${left} credits left`])

  await buy(sql, user.id, { amount: 100 - left })
  await tool.run.click()
  await expect.poll(() => balanceOf(sql, user.id)).toBe(left)
  await request.post('/api/cron/send-mails', {
    headers: { authorization: `Bearer ${stackEnv('CRON_SECRET')}` },
  })
  expect(await mailbox.subjects(user.email)).toHaveLength(1)
})

test('who switches the mail off gets none', async ({ userPage, user, sql }) => {
  await userPage.goto('/settings')
  const lowBalance = userPage.getByRole('switch', { name: 'Low balance' })
  await new AppHeader(userPage).isLive()
  await lowBalance.press('Space')
  await expect(userPage.getByText('Saved.')).toBeVisible()
  await expect(userPage.getByLabel('When it falls below')).toBeDisabled()
  await userPage.reload()
  await expect(lowBalance).not.toBeChecked()
  await expect(userPage.getByRole('switch', { checked: true })).toHaveCount(3)
  await new AppHeader(userPage).isLive()

  await sql`select public.deduct_credits(${user.id}, 100)`
  const sent = await sql`select from public.mails where user_id = ${user.id} and kind = 'low_balance'`
  expect(sent).toHaveLength(0)
  await lowBalance.press('Space')
  await expect(userPage.getByLabel('When it falls below')).toBeEnabled()
})

test('a mail that is switched off before the scripts of the page have come stays off', async ({
  userPage: page,
}) => {
  const release = await holdRequests(page, '**/*.js')
  await page.goto('/settings', { waitUntil: 'commit' })
  const lowBalance = page.getByRole('switch', { name: 'Low balance' })
  await lowBalance.press('Space')
  release()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  await new AppHeader(page).isLive()
  await expect(lowBalance).not.toBeChecked()
})

test('a wallet may tell of several numbers, each as the balance passes it', async ({
  userPage,
  user,
  sql,
  mailbox,
}) => {
  await userPage.goto('/settings#low-balance')
  const form = userPage.locator('#low-balance')
  await form.getByLabel('When it falls below').fill('50')
  await form.getByLabel('Second number').fill('30')
  await form.getByLabel('Third number').fill('10')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Saved.')).toBeVisible()
  await userPage.reload()
  await expect(form.getByLabel('Third number')).toHaveValue('10')

  for (const amount of [51, 20, 20]) await sql`select public.deduct_credits(${user.id}, ${amount})`
  await expect
    .poll(async () => (await mailbox.subjects(user.email)).sort())
    .toEqual(['29 credits left', '49 credits left', '9 credits left'])
})

test('the preview of the mails is no part of a production build', async ({ request }) => {
  expect((await request.get('/dev/mails')).status()).toBe(404)
})
