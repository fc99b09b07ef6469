import { expect, test } from './fixtures.ts'
import { AdminUserPage, AppHeader, LoginPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts'

test('an admin gives credits with an end, and the user sees them arrive', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  await userPage.goto('/dashboard')
  await new AppHeader(userPage).isLive()
  const page = new AdminUserPage(adminPage)
  await page.open(user.id)
  await page.give(40, 'For your patience', '2099-01-01')
  await expect(adminPage.getByText('Gave 40 credits', { exact: true })).toBeVisible()
  await expect(new AppHeader(userPage).balance).toHaveText('140')
  expect(
    await sql`select remaining::int, expires_at from credit_grants where user_id = ${user.id}`,
  ).toMatchObject([{ remaining: 40, expires_at: new Date('2099-01-01T00:00:00Z') }])
  await expect(page.auditEntry('For your patience')).toBeVisible()
})

test('who is banned is signed out and stays out until the ban is lifted', async ({
  userPage,
  adminPage,
  user,
}) => {
  await userPage.goto('/dashboard')
  const page = new AdminUserPage(adminPage)
  await page.open(user.id)
  await page.act('Ban', 'Chargebacks again', 'Ban user')
  await expect(page.badge('Banned')).toBeVisible()
  await expect(page.auditEntry('Chargebacks again')).toBeVisible()
  const login = new LoginPage(userPage)
  await userPage.context().clearCookies()
  await userPage.goto('/login')
  await login.signIn(user)
  await expect(login.message).toBeVisible()
  await page.act('Lift ban', 'It was the bank', 'Lift ban')
  await expect(page.badge('Banned')).toBeHidden()
  await userPage.goto('/login')
  await login.signIn(user)
  await userPage.waitForURL('/dashboard')
})

test('an admin signs somebody out everywhere', async ({ userPage, adminPage, user, sql }) => {
  await userPage.goto('/dashboard')
  const page = new AdminUserPage(adminPage)
  await page.open(user.id)
  await page.act('Sign out everywhere', 'A lost phone', 'Sign out')
  await expect(adminPage.getByText('Signed out everywhere', { exact: true })).toBeVisible()
  expect(await sql`select from auth.sessions where user_id = ${user.id}`).toHaveLength(0)
})

test('the role of an admin is given and taken', async ({ userPage, adminPage, user }) => {
  const page = new AdminUserPage(adminPage)
  await page.open(user.id)
  await page.act('Make admin', 'Joined the team', 'Make admin')
  await expect(page.badge('Admin')).toBeVisible()
  expect((await userPage.goto('/admin'))?.status()).toBe(200)
  const banned = await callApi(adminPage, '/api/admin/users/ban', {
    userId: user.id,
    banned: true,
    reason: 'A test',
  })
  expect(banned).toMatchObject({ status: 409, body: { error: 'account_of_admin' } })
  await page.act('Take admin role', 'Left the team', 'Take the role away')
  await expect(page.badge('Admin')).toBeHidden()
  expect((await userPage.goto('/admin'))?.status()).toBe(404)
})
