import { expect, test } from './fixtures.ts'
import { CheckoutPage, ExampleToolPage } from './pages/index.ts'
import { stackEnv } from './support/environment.ts'
import { balanceOf, buy } from './support/ledger.ts'

/** The scheduler of the stack comes by every five seconds. */
const SOON = { timeout: 20_000 }

// #region payments
test('a purchase ends with a receipt', async ({ userPage, user, mailbox }) => {
  const checkout = new CheckoutPage(userPage)
  await checkout.open('Pro')
  await checkout.pay('4242 4242 4242 4242')
  await expect(userPage.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await expect
    .poll(() => mailbox.texts(user.email), SOON)
    .toEqual([expect.stringMatching(/Credits: 500\nPaid: \$39\.99\nNew balance: 600\nPayment: pay_/)])
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
  await expect(userPage.getByRole('switch')).toBeChecked()
  await expect(limit).toHaveValue('20')
  await limit.fill('many')
  await userPage.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(userPage.getByText('Enter a whole number of credits')).toBeVisible()
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
  await expect.poll(() => mailbox.subjects(user.email), SOON).toEqual([`${left} credits left`])

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
  await userPage.getByRole('switch').click()
  await expect(userPage.getByLabel('When it falls below')).toBeDisabled()
  await userPage.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(userPage.getByText('Saved.')).toBeVisible()
  await expect(userPage.getByRole('switch')).not.toBeChecked()
  await userPage.reload()
  await expect(userPage.getByRole('switch')).not.toBeChecked()

  await sql`select public.deduct_credits(${user.id}, 100)`
  expect(await sql`select from public.mails where user_id = ${user.id}`).toHaveLength(0)
})
