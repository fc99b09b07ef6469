import { expect, test } from './fixtures.ts'
import { LoginPage, MailedLinkPage, SettingsPage } from './pages/index.ts'
import { newCredentials } from './support/accounts.ts'
import { changeSession } from './support/session-cookie.ts'

test('a password is changed by who knows the current one, and other devices are signed out', async ({
  user,
  userPage: page,
  openBrowser,
}) => {
  const elsewhere = await openBrowser(user)
  const settings = new SettingsPage(page)
  await settings.open()
  await settings.changePassword('a guess at it', 'a brand new password')
  await expect(settings.page.getByText('That is not your current password.')).toBeVisible()
  await expect(settings.page.getByLabel('Current password', { exact: true })).toBeFocused()
  await settings.changePassword(user.password, 'short')
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
  await settings.changePassword(user.password, 'a brand new password')
  await expect(page.getByText('Changed. Your other devices are signed out.')).toBeVisible()

  await changeSession(elsewhere.context(), { expires_at: 1 })
  await elsewhere.goto('/dashboard')
  await expect(elsewhere).toHaveURL('/login?next=%2Fdashboard')
  const login = new LoginPage(elsewhere)
  await login.signIn({ ...user, password: 'a brand new password' })
  await expect(elsewhere).toHaveURL('/dashboard')
})

test('an old session alone is not enough for a new password', async ({ user, userPage: page, sql }) => {
  await sql`update auth.sessions set created_at = now() - interval '1 day' where user_id = ${user.id}`
  await page.goto('/reset-password')
  await expect(page).toHaveURL(/\/link-expired/)
})

test('somebody signs out another browser, and then all others', async ({
  user,
  userPage: page,
  openBrowser,
}) => {
  const lost = await openBrowser(user)
  const settings = new SettingsPage(page)
  await settings.open()
  await expect(settings.sessions).toHaveCount(2)
  await expect(settings.sessions.filter({ hasText: 'This browser' })).toHaveCount(1)
  await settings.sessions.getByRole('button').click()
  await expect(settings.sessions).toHaveCount(1)
  expect((await lost.request.get('/api/account/export')).status()).toBe(401)

  await openBrowser(user)
  await openBrowser(user)
  await settings.open()
  await expect(settings.sessions).toHaveCount(3)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(settings.sessions).toHaveCount(1)
})

test('an address changes once both mailboxes have said so', async ({ user, userPage: page, mailbox }) => {
  const { email } = newCredentials()
  const settings = new SettingsPage(page)
  await settings.open()
  await settings.changeEmail(user.email)
  await expect(page.getByText('This is the address you already have.')).toBeVisible()
  await settings.changeEmail(email)
  await expect(page.getByText(`We mailed a link to ${user.email}`)).toBeVisible()

  const link = new MailedLinkPage(page)
  await link.redeem(await mailbox.link(user.email))
  await expect(page).toHaveURL('/email-confirmed')
  await settings.open()
  await expect(page.getByText(`You sign in as ${user.email}.`, { exact: true })).toBeVisible()
  await link.redeem(await mailbox.link(email))
  await expect(page.getByText(`You sign in as ${email}.`, { exact: true })).toBeVisible()
})

test('an address that somebody else has is not told apart, and gets no mail', async ({
  user,
  admin,
  userPage: page,
  mailbox,
}) => {
  const settings = new SettingsPage(page)
  await settings.open()
  await settings.changeEmail(admin.email)
  await expect(page.getByText(`We mailed a link to ${user.email}`)).toBeVisible()
  expect(await mailbox.subjects(admin.email)).toEqual([])
})
