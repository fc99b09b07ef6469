import { expect, test } from './fixtures.ts'
import { AdminUserPage, AppHeader } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { readLedger } from './support/ledger.ts'
import { takeSnapshot } from './support/snapshot.ts'
import { stayOpen } from './support/stays-open.ts'

test('an admin adds credits, and the user sees them arrive', async ({ userPage, adminPage, user, admin }) => {
  await userPage.goto('/example-tool')
  await new AppHeader(userPage).isLive()
  const open = stayOpen(userPage)

  const page = new AdminUserPage(adminPage)
  await page.find(user.email)
  await page.adjust('Add', 25, 'For the outage on Monday')
  const told = adminPage.getByRole('listitem').filter({ hasText: 'Added 25 credits' })
  await expect(told).toContainText(`${user.email} now has 125 credits.`)
  await expect(new AppHeader(userPage).balance).toHaveText('125')
  open.expectSame()
  // The admin's own balance stays what it was.
  await expect(new AppHeader(adminPage).balance).toHaveText('100')

  await expect(page.auditEntry('For the outage on Monday')).toContainText('added 25 credits')
  await expect(page.auditEntry('For the outage on Monday')).toContainText(admin.email)
  await userPage.goto('/transactions')
  await expect(userPage.getByRole('row').filter({ hasText: 'For the outage on Monday' })).toContainText('+25')
})

test('an admin removes credits down to nothing, and not one more', async ({
  userPage,
  adminPage,
  user,
  admin,
  sql,
}) => {
  await userPage.goto('/dashboard')
  const page = new AdminUserPage(adminPage)
  await page.find(user.email)
  await page.adjust('Remove', 101, 'Bought with a stolen card')
  await expect(page.refusal).toContainText('Nothing was changed')
  await expect(page.refusal).toContainText('The balance is 100 credits')
  await expect(page.auditEntry('Bought with a stolen card')).toContainText('Refused')
  await expect(page.auditEntry('Bought with a stolen card')).toContainText(admin.email)
  await expect(new AppHeader(userPage).balance).toHaveText('100')

  await page.adjust('Remove', 100, 'All that was left')
  await expect(new AppHeader(userPage).balance).toHaveText('0')
  await expect(page.auditEntry('All that was left')).toContainText('removed 100 credits')
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 0,
    rows: ['signup_bonus 100', 'admin_adjustment -100'],
  })
})

test('every correction and every refusal is in the audit log with who, whom and why', async ({
  adminPage,
  user,
  admin,
  sql,
}) => {
  const correct = (amount: number, reason: string, path = '/api/admin/credits') =>
    callApi(adminPage, path, { userId: user.id, amount, reason })
  expect((await correct(5, 'A gift')).body).toMatchObject({ newBalance: 105 })
  expect((await correct(-500, 'Too much')).status).toBe(402)
  expect((await correct(1, 'One more', '/api/credits')).status).toBe(200)
  const entries = await sql`
    select actor_id, outcome, reason, details from audit_logs where target_user_id = ${user.id} order by id`
  expect([...entries]).toMatchObject([
    { actor_id: admin.id, outcome: 'success', reason: 'A gift', details: { amount: 5, balance: 105 } },
    { actor_id: admin.id, outcome: 'failure', details: { requested_amount: -500, given_reason: 'Too much' } },
    { actor_id: admin.id, outcome: 'success', reason: 'One more', details: { amount: 1, balance: 106 } },
  ])
})

test('a correction sent twice with one key happens once', async ({ adminPage, user, sql }) => {
  const correction = { userId: user.id, amount: 10, reason: 'A gift', idempotencyKey: 'gift-1' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => callApi(adminPage, '/api/admin/credits', correction)),
  )
  expect(answers.map(({ body }) => body.newBalance)).toEqual(Array(5).fill(110))
  expect((await callApi(adminPage, '/api/admin/credits', { ...correction, amount: 11 })).status).toBe(409)
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 110,
    rows: ['signup_bonus 100', 'admin_adjustment 10'],
  })
})

test('an admin finds people by a part of their address, and reads of nobody when there is none', async ({
  adminPage: page,
  user,
}) => {
  await new AdminUserPage(page).find(user.email)
  await expect(page.getByRole('heading', { name: user.email })).toBeVisible()
  await page.goto('/admin/users?q=nobody-has-this-address')
  await expect(page.getByText('Nobody found')).toBeVisible()
  for (const path of ['/admin/users/not-a-user', `/admin/users/${crypto.randomUUID()}`]) {
    expect((await page.goto(path))?.status()).toBe(404)
  }
})

test.describe('for everybody else', () => {
  test('there are no admin pages', async ({ userPage: page, user }) => {
    for (const path of [
      '/admin',
      `/admin/users/${user.id}`,
      '/admin/users?q=a',
      '/admin/payments',
      `/admin/payments/${user.id}`,
    ]) {
      expect((await page.goto(path))?.status(), path).toBe(404)
    }
    await page.goto('/dashboard')
    await expect(page.getByRole('link', { name: 'Admin' })).toBeHidden()
  })

  test('there is no way to hand out credits', async ({ page, userPage, user, sql }) => {
    const before = await takeSnapshot(sql, [user.id])
    for (const [browser, status] of [
      [userPage, 403],
      [page, 401],
    ] as const) {
      for (const path of ['/api/admin/credits', '/api/credits']) {
        const answer = await callApi(browser, path, {
          userId: user.id,
          amount: 1_000,
          reason: 'Because I can',
        })
        expect(answer.status, path).toBe(status)
        expect(answer.body).toMatchObject({ error: expect.any(String), message: expect.any(String) })
      }
    }
    expect(await takeSnapshot(sql, [user.id])).toEqual(before)
  })

  test('a role that is taken away is gone at once', async ({ adminPage: page, admin, user, sql }) => {
    expect((await page.goto('/admin'))?.status()).toBe(200)
    await sql`delete from user_roles where user_id = ${admin.id}`
    expect((await page.goto('/admin'))?.status()).toBe(404)
    const answer = await callApi(page, '/api/admin/credits', {
      userId: user.id,
      amount: 1,
      reason: 'Once more',
    })
    expect(answer.status).toBe(403)
  })
})
