import { expect, test } from './fixtures.ts'
import { AdminViewPage, AppHeader, SettingsPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts' // #only api
import { VIEWED_PAGES } from './support/page-paths.ts'
import { takeSnapshot } from './support/snapshot.ts'

test('settings and tools are seen, and cannot be used: no field takes a key, no button a click', async ({
  adminPage: page,
  user,
  admin,
  sql,
}) => {
  test.slow()
  await sql`update profiles set name = 'Ada of the harbor', unwanted_mails = '{welcome}' where id = ${user.id}`
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  const before = await takeSnapshot(sql, [user.id, admin.id])
  for (const path of VIEWED_PAGES.concat('/settings').filter((path) => /tool|settings/.test(path))) {
    await view.open(path)
    await new AppHeader(page).isLive()
    await expect(page.locator('h1:visible')).toBeVisible()
    const controls = page.getByRole('main').locator('button, input, textarea, select, a[download]')
    const usable = await controls.evaluateAll((all) =>
      all.filter((one) => !one.closest('[inert]')).map((one) => one.textContent),
    )
    expect(usable, path).toEqual([])
    for (let press = 0; press < 25; press++) await page.keyboard.press('Tab')
    const focused = page.getByRole('main').locator('[inert] :focus')
    await expect(focused, path).toHaveCount(0)
  }
  const settings = new SettingsPage(page)
  await expect(settings.section('Profile').getByRole('textbox', { includeHidden: true })).toHaveValue(
    'Ada of the harbor',
  )
  for (const button of await page.getByRole('main').locator('[inert] button:visible').all()) {
    await button.click({ force: true })
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  expect(await takeSnapshot(sql, [user.id, admin.id])).toEqual(before)
})

test('the settings of a view tell nothing that the admin may not see', async ({
  userPage,
  adminPage: page,
  user,
  sql,
}) => {
  await userPage.goto('/settings')
  await expect(new SettingsPage(userPage).sessions).toHaveCount(1)
  const token = 'a-token-of-nobody-else'
  await sql`
    update auth.users
    set email_change = ${`next-${user.email}`}, email_change_token_new = ${token}, email_change_sent_at = now()
    where id = ${user.id}`
  // #region api
  const key = await callApi(userPage, '/api/account/api-keys', { name: 'Nightly job', scopes: ['tools:*'] })
  expect(key.status).toBe(200)
  const secret = String(key.body.secret)
  // #endregion
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  await view.open('/settings')
  await new AppHeader(page).isLive()
  await expect(new SettingsPage(page).section('Sessions')).toContainText('Shown to the user alone.')
  await expect(new SettingsPage(page).section('API keys')).toContainText('Nightly job') // #only api
  const sessions = await sql<{ id: string }[]>`select id from auth.sessions where user_id = ${user.id}`
  const sent = await (await page.request.get(view.path('/settings'))).text()
  const hidden = [
    ...sessions.map(({ id }) => id),
    ...[token, `next-${user.email}`, 'HeadlessChrome', 'Last used 1'],
    secret, // #only api
  ]
  for (const text of hidden) expect(sent.includes(text), text).toBe(false)
})
