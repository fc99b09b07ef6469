import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AdminAuditPage, AdminUserPage, AdminViewPage, AppHeader, TransactionsPage } from './pages/index.ts'
import { createAdminAccount } from './support/accounts.ts'
import { callApi } from './support/call-api.ts'
import type { Database } from './support/database.ts'
import { expectAccessible } from './support/expect-accessible.ts'
import { buy, charge } from './support/ledger.ts'
import { VIEWED_PAGES } from './support/page-paths.ts'
import { takeSnapshot } from './support/snapshot.ts'

const READ_ONLY = 'You are viewing an account, read only, so nothing was done.'

/** A run of a tool that this product no longer has; gives its number. */
async function run(sql: Database, userId: string): Promise<number> {
  const response = { status: 200, body: { verse: 'Of credits and of ledgers', creditsUsed: 1 } }
  await sql`
    select settle_hold((reserve_credits(
      ${userId}, 'old-poems', '{"default": 1}', 60000, '{"internal": "test"}', p_input => '{"topic": "a harbor"}'
    ) ->> 'transaction_id')::bigint, p_response => ${sql.json(response)})`
  const [last] = await sql<{ id: number }[]>`select id::int from runs where user_id = ${userId}`
  return last?.id ?? 0
}

/** Waits until a page follows the database and nothing of it is loading. */
async function isLoaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await new AppHeader(page).isLive()
  await expect(page.getByRole('main').locator('[data-slot=skeleton]')).toHaveCount(0)
}

/** What a page says now. A chart that was just loaded writes its axes a moment later. */
function readPage(page: Page): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what scripts alone replace is in the text, and not seen
  return page.getByRole('main').innerText()
}

test('an admin sees each page as its user does, and follows the balance', async ({
  userPage,
  adminPage,
  user,
  admin,
  sql,
}) => {
  test.slow()
  await buy(sql, user.id, { amount: 40, days: 3, description: 'Spring package' })
  await charge(sql, user.id, { amount: 7, description: 'Short summary' })
  await charge(sql, admin.id, { amount: 60, description: 'A run of the admin' })
  await callApi(userPage, '/api/dodopayments/checkout', { packageId: 'pro' }) // #only payments
  const view = new AdminViewPage(adminPage, user.id)
  await view.begin()
  for (const path of [...VIEWED_PAGES, `/runs/${await run(sql, user.id)}`]) {
    await userPage.goto(path)
    await isLoaded(userPage)
    await view.open(path)
    await isLoaded(adminPage)
    await expect(async () => {
      const seen = await readPage(userPage)
      expect(seen.length, path).toBeGreaterThan(50)
      expect(await readPage(adminPage), path).toBe(seen)
    }).toPass({ timeout: 30_000 })
    await expect(view.banner).toContainText(`You see the app as ${user.email}, read only, until`)
    await expect(new AppHeader(adminPage).balance).toHaveText('132')
  }
  await view.open('/transactions')
  await new AppHeader(adminPage).isLive()
  await charge(sql, user.id, { amount: 3, description: 'A later one' })
  await expect(new AppHeader(adminPage).balance).toHaveText('129')
  await expect(adminPage.getByRole('button', { name: 'A later one' })).toBeVisible()
})

test('what leads from page to page stays in the view, and what is no part of it leads nowhere', async ({
  adminPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { times: 30, description: 'Short summary' })
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  await new AppHeader(page).isLive()
  await page.getByRole('link', { name: 'All transactions' }).click()
  await page.waitForURL(view.path('/transactions'))
  await page.getByRole('link', { name: 'Older' }).click()
  await page.waitForURL((url) => url.pathname === view.path('/transactions') && url.search.includes('before'))
  const transactions = new TransactionsPage(page)
  const sheet = await transactions.openRow('Short summary')
  await expect(sheet.getByText('Paid with')).toBeVisible()
  await page.keyboard.press('Escape')
  await transactions.search.fill('bonus')
  await page.waitForURL((url) => url.pathname === view.path('/transactions') && url.searchParams.has('q'))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
  await page.waitForURL(view.path('/runs'))
  await page.getByRole('main').getByRole('link', { name: 'Try a tool' }).click()
  await page.waitForURL(view.path('/tools'))
  // #region compare-texts payments
  await page.getByRole('main').getByRole('link', { name: 'Compare two texts' }).click()
  await page.waitForURL(`${view.path('/buy-credits')}?show=plans`)
  // #endregion
  await view.open('/help')
  await expect(page.getByRole('heading', { name: 'Not part of the view' })).toBeVisible()
  for (const path of ['/runs/999999999', '/tools/no-such-tool']) {
    await view.open(path)
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  }
  await expect(view.banner).toBeVisible()
})

test('nothing can be done from a view, to the user or to the admin', async ({
  adminPage: page,
  user,
  admin,
  sql,
}) => {
  await sql`select record_checkout(${user.id}, 'pro', ${`cks_${user.id}`}, 'dodopayments')` // #only payments
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  await new AppHeader(page).isLive()
  const before = await takeSnapshot(sql, [user.id, admin.id])
  const pages = ['/dashboard', '/tools', '/tools/no-such-tool', '/settings']
  const attempts: [path: string, body?: object, headers?: Record<string, string>][] = [
    ['/api/tools/social-card', { title: 'Hello', userId: user.id }, { 'idempotency-key': 'view-1' }],
    ['/api/account/close', { confirmation: user.email }],
    ['/api/account/sessions/end', { sessionId: null }],
    ['/api/tools/compare-texts', { before: 'a', after: 'b' }, { 'idempotency-key': 'view-2' }],
    ['/api/example-protected', { text: 'A harbor.' }, { 'idempotency-key': 'view-3' }],
    ['/api/account/export'],
    ['/api/credits/transactions?format=csv'],
    ['/api/account/api-keys', { name: 'Mine', scopes: ['tools:*'] }], // #only api
    // #region payments
    ['/api/dodopayments/checkout', { packageId: 'pro', userId: user.id }],
    ['/api/dodopayments/portal', {}],
    ['/api/dodopayments/subscription', { action: 'cancel' }],
    // #endregion
    // What calls a server action, at the address of the view and at that of the settings.
    [view.path('/dashboard'), [], { 'next-action': '40abc' }],
    ['/settings', [], { 'next-action': '40abc' }],
  ]
  for (const from of pages) {
    await view.open(from)
    await expect(view.banner).toBeVisible()
    for (const [path, body, headers] of attempts) {
      const { status, text } = await view.send(path, body, headers)
      expect(status, `${path} from ${from}`).toBe(403)
      expect(text, `${path} from ${from}`).toContain(READ_ONLY)
    }
  }
  // From a page of their own, it is their own account that answers.
  expect((await callApi(page, '/api/account/export')).status).toBe(200)
  // #region payments
  for (const [path, name] of [
    ['/billing', 'Resume the payment for Pro package'],
    ['/buy-credits', 'Buy Pro'],
  ] as const) {
    await view.open(path)
    await new AppHeader(page).isLive()
    const button = page.locator('[inert]').getByRole('button', { name })
    await expect(button).toBeVisible()
    await button.focus()
    await expect(button).not.toBeFocused()
    await button.click({ force: true })
    await expect(page).toHaveURL(view.path(path))
  }
  // #endregion
  expect(await takeSnapshot(sql, [user.id, admin.id])).toEqual(before)
})

test('a view is for admins who have begun one, and not of an admin', async ({
  userPage,
  adminPage,
  user,
  admin,
  sql,
  openBrowser,
}) => {
  const other = await createAdminAccount(sql)
  const otherPage = await openBrowser(other)
  const view = new AdminViewPage(adminPage, user.id)
  for (const path of [...VIEWED_PAGES, '', '/settings', '/help']) {
    expect((await userPage.goto(view.path(path)))?.status(), path).toBe(404)
    await view.open(path)
    await expect(adminPage).toHaveURL(`/admin/users/${user.id}?view=over`)
  }
  await expect(view.overNotice).toBeVisible()
  const begin = { userId: user.id, reason: 'Curiosity' }
  expect(await callApi(userPage, '/api/admin/users/view', begin)).toMatchObject({ status: 403 })
  expect(await callApi(adminPage, '/api/admin/users/view', { ...begin, reason: ' ' })).toMatchObject({
    status: 400,
  })
  for (const whom of [admin, other]) {
    expect(await callApi(adminPage, '/api/admin/users/view', { ...begin, userId: whom.id })).toMatchObject({
      status: 409,
      body: { error: 'account_of_admin' },
    })
  }
  await adminPage.goto(`/admin/users/${other.id}`)
  await expect(adminPage.getByRole('button', { name: 'Ban', exact: true })).toBeVisible()
  await expect(adminPage.getByRole('button', { name: 'View as' })).toHaveCount(0)
  // What one admin has begun is not begun for another.
  await view.begin()
  await otherPage.goto(view.path())
  await expect(otherPage).toHaveURL(`/admin/users/${user.id}?view=over`)
  expect((await adminPage.goto(`/admin/users/${crypto.randomUUID()}/view/dashboard`))?.status()).toBe(404)
})

test('a view is in the audit log, and ends when it is stopped', async ({ adminPage: page, user, admin }) => {
  const view = new AdminViewPage(page, user.id)
  await view.begin('Balance is wrong, ticket 12')
  await new AppHeader(page).isLive()
  await view.stop.click()
  await page.waitForURL(`/admin/users/${user.id}`)
  await expect(new AdminUserPage(page).auditEntry('Balance is wrong, ticket 12')).toBeVisible()
  await view.open('/billing')
  await expect(page).toHaveURL(`/admin/users/${user.id}?view=over`)
  const audit = new AdminAuditPage(page)
  await audit.open(`?q=${user.email}`)
  await expect(
    audit.entries(`${admin.email} viewed the account of ${user.email}: Balance is wrong, ticket 12`),
  ).toHaveCount(1)
})

test('a view ends by itself, with its time and with the session', async ({
  adminPage: page,
  user,
  admin,
  sql,
}) => {
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  await sql`update private.account_views set ends_at = clock_timestamp() + interval '5 seconds' where user_id = ${user.id}`
  await view.open('/transactions')
  await page.waitForURL(`/admin/users/${user.id}?view=over`)
  await view.begin()
  await sql`delete from auth.sessions where user_id = ${admin.id}`
  expect((await page.goto(view.path()))?.status()).toBe(404)
})

test('every page of a view can be used by everyone', async ({ adminPage: page, user, sql }) => {
  await charge(sql, user.id, { times: 30, description: 'a-very-long-name-'.repeat(8) })
  await sql`select record_checkout(${user.id}, 'pro', ${`cks_${user.id}`}, 'dodopayments')` // #only payments
  const view = new AdminViewPage(page, user.id)
  await view.begin()
  for (const path of [...VIEWED_PAGES, '/settings']) {
    await view.open(path)
    await new AppHeader(page).isLive()
    await expectAccessible(page, path)
  }
})
