import { expect, test } from './fixtures.ts'
import { AdminAuditPage, CheckoutPage } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'
import { charge } from './support/ledger.ts'
import { takeSnapshot } from './support/snapshot.ts'

const GOOD_CARD = '4242 4242 4242 4242'
const PATHS = ['/admin/subscriptions', '/admin/reconciliation', '/admin/audit', '/admin/users'] as const

test('an admin has the records compared, and reads what was compared and what differed', async ({
  userPage,
  adminPage,
  admin,
  sql,
}) => {
  await buyPackage(userPage, sql, 'Starter')
  await adminPage.goto('/admin/reconciliation')
  await adminPage.getByRole('button', { name: 'Run now' }).click()
  await expect(adminPage.getByText('The records were compared')).toBeVisible()
  const reports = adminPage.locator('[data-slot=card]').filter({ hasText: admin.email })
  await expect(reports).toContainText(/Compared \d+ payments?, \d+ refunds? and \d+ subscriptions?\./)

  const differences = [
    { kind: 'payment', id: 'pay_lost', theirs: 'succeeded', ours: 'pending', repaired: true, note: null },
    {
      ...{ kind: 'refund_request', id: 'a-request', theirs: null, ours: 'requested', repaired: false },
      note: 'DodoPayments does not know it.',
    },
  ]
  await sql`
    select record_reconciliation(
      now() - interval '1 day', now(), ${sql.json({ payments: 2 })}, ${sql.json(differences)}, ${admin.id}
    )`
  await adminPage.reload()
  const report = reports.first()
  await expect(report).toContainText('1 of 2 not repaired')
  await expect(report).toContainText('They say succeeded, we said pending.')
  await expect(report).toContainText('They say nothing, we said requested.')
  await expect(report).toContainText('DodoPayments does not know it.')
})

test('an admin finds a subscription, and from it its payments and its user', async ({
  userPage,
  adminPage,
  user,
}) => {
  const checkout = new CheckoutPage(userPage)
  await checkout.subscribe('Pro monthly')
  await checkout.pay(GOOD_CARD)
  await userPage.waitForURL(/\/payment-success\?/)
  await expect(userPage.getByRole('heading', { name: 'Pro monthly is active' })).toBeVisible()
  const row = adminPage.getByRole('row').filter({ hasText: user.email })
  await adminPage.goto(`/admin/subscriptions?q=${user.email}&status=active&plan=pro-monthly`)
  await expect(row).toHaveCount(1)
  for (const query of ['status=cancelled', 'plan=pro-yearly']) {
    await adminPage.goto(`/admin/subscriptions?q=${user.email}&${query}`)
    await expect(adminPage.getByText('No matching subscriptions')).toBeVisible()
    await expect(row, query).toHaveCount(0)
  }
  await adminPage.goto(`/admin/subscriptions?q=${user.email}`)
  await row.getByRole('link', { name: 'Pro monthly' }).click()
  await expect(adminPage).toHaveURL(/\/admin\/payments\?q=sub_/)
  await expect(row).toContainText('$29.00')
  await expect(row).toContainText('+500')
  await row.getByRole('link', { name: user.email }).click()
  await expect(adminPage.getByRole('heading', { level: 1, name: user.email })).toBeVisible()
  await expect(adminPage.getByRole('heading', { name: 'Subscriptions' })).toBeVisible()
  await adminPage.getByRole('row').filter({ hasText: '$29.00' }).getByRole('link').click()
  await expect(adminPage.getByRole('heading', { name: 'Refund' })).toBeVisible()
  await expect(adminPage.getByRole('row').filter({ hasText: 'subscription.renewed' })).toBeVisible()
})

test('the audit trail tells every change and every refusal, and is narrowed down by its address', async ({
  adminPage,
  admin,
  user,
  sql,
}) => {
  await charge(sql, user.id, { description: 'A run of the converter' })
  const adjust = (amount: number, reason: string) =>
    callApi(adminPage, '/api/admin/credits', { userId: user.id, amount, reason })
  await adjust(5, 'A small gift')
  await adjust(-5_000, 'Far too much')
  const audit = new AdminAuditPage(adminPage)
  const rows = audit.entries(user.email)
  for (const [query, count] of [
    ['', 4],
    ['&outcome=failure', 1],
    ['&by=admins', 2],
    ['&by=system', 2],
    ['&action=payment', 0],
    ['&action=credits&outcome=success', 3],
    ['&from=2020-01-01&to=2020-01-02', 0],
    ['&from=nonsense&action=nonsense', 4],
  ] as const) {
    await audit.open(`?q=${user.email}${query}`)
    await expect(rows, query).toHaveCount(count)
  }
  await expect(rows.filter({ hasText: 'A small gift' })).toContainText(admin.email)
  await expect(rows.filter({ hasText: 'Far too much' })).toContainText('Refused')
  await expect(rows.filter({ hasText: 'A small gift' })).toContainText(
    `${admin.email} added 5 credits to the balance of ${user.email}: A small gift`,
  )
  await audit.showDetails(rows.filter({ hasText: 'A small gift' }))
  await expect(rows.filter({ hasText: 'A small gift' })).toContainText('credits.adjust')
  await adminPage.goto('/admin/audit?q=nobody-has-this-address')
  await expect(adminPage.getByText('No matching entries')).toBeVisible()
})

test('a user who owes credits is shown with the debt', async ({ userPage, adminPage, user, sql }) => {
  const { id } = await buyPackage(userPage, sql, 'Starter')
  await charge(sql, user.id, { amount: 150 })
  const refund = { paymentId: id, reason: 'A stolen card', idempotencyKey: crypto.randomUUID() }
  expect((await callApi(adminPage, '/api/admin/payments/refund', refund)).status).toBe(200)
  await adminPage.goto(`/admin/users/${user.id}`)
  await expect(async () => {
    await adminPage.reload()
    await expect(adminPage.getByText('This user owes 50 credits')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(adminPage.getByRole('row').filter({ hasText: 'Taken back' })).toContainText('Debt +50')
  await expect(adminPage.getByRole('row').filter({ hasText: '$9.99' })).toContainText('Refunded')
})

test('the records are for admins alone', async ({ page, userPage, user, sql }) => {
  const before = await takeSnapshot(sql, [user.id])
  expect((await callApi(page, '/api/admin/reconcile', { days: 1 })).status).toBe(401)
  expect((await callApi(userPage, '/api/admin/reconcile', { days: 1 })).status).toBe(403)
  for (const path of PATHS) expect((await userPage.goto(path))?.status(), path).toBe(404)
  expect(await takeSnapshot(sql, [user.id])).toEqual(before)
})
