import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './pages/index.ts'
import { signIn } from './support/accounts.ts'

test('people export all that is stored about them', async ({ user, userPage: page }) => {
  await page.goto('/settings')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export my data' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('my-data.json')
  const data = JSON.parse(await readFile(await file.path(), 'utf8'))
  expect(data).toMatchObject({
    profile: { id: user.id, email: user.email },
    transactions: [{ type: 'signup_bonus', amount: 100 }],
  })
})

test('somebody closes their account, once they have typed its address', async ({
  user,
  userPage: page,
  openBrowser,
  sql,
}) => {
  const elsewhere = await openBrowser(user)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Close account' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill('yes')
  await dialog.getByRole('button', { name: 'Close for good' }).click()
  await expect(dialog.getByText('Type the e-mail address of the account to confirm.')).toBeVisible()
  await dialog.getByRole('textbox').fill(user.email)
  await dialog.getByRole('button', { name: 'Close for good' }).click()
  await expect(page.getByRole('heading', { name: 'Your account is closed' })).toBeVisible()
  await page.goto('/dashboard')
  await expect(page).toHaveURL('/login?next=%2Fdashboard')

  expect((await elsewhere.request.get('/api/account/export')).status()).toBe(401)
  const login = new LoginPage(page)
  await login.signIn(user)
  await expect(login.message).toBeVisible()
  expect(await sql`select name, email from profiles where id = ${user.id}`).toMatchObject([
    { name: '', email: `closed-${user.id}@account.invalid` },
  ])
  expect([...(await sql`select * from verify_ledger(${user.id})`)]).toEqual([])
})

test('an admin closes an account with a reason', async ({ user, adminPage: page }) => {
  await page.goto(`/admin/users/${user.id}`)
  await page.getByRole('button', { name: 'Close account' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(/to confirm/).fill(user.email)
  await sheet.getByLabel('Reason').fill('Asked by mail')
  await sheet.getByRole('button', { name: 'Close for good' }).click()
  await expect(page.getByRole('heading', { name: `closed-${user.id}@account.invalid` })).toBeVisible()
  await expect(page.getByText(/, closed \w+/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Close account' })).toBeHidden()
})

test('what an ended session is refused takes its cookie, so that one can sign in again', async ({
  user,
  userPage: page,
  sql,
}) => {
  // No page of the app is open, whose own calls could be refused first.
  await page.goto('about:blank')
  await sql`delete from auth.sessions where user_id = ${user.id}`
  expect((await page.request.get('/api/credits/transactions')).status(), 'history stays readable').toBe(200)
  const refused = await page.request.get('/api/account/export')
  expect([refused.status(), (await refused.json()).error]).toEqual([401, 'session_ended'])
  await page.goto('/login')
  await expect(page).toHaveURL('/login')
  await signIn(page.context(), user)
  await page.goto('/dashboard')
  await expect(page).toHaveURL('/dashboard')
})
