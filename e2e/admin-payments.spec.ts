import { expect, test } from './fixtures.ts'
import { AdminPaymentPage, AppHeader } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'
import { charge, readLedger } from './support/ledger.ts'
import { sandbox } from './support/sandbox.ts'
import { takeSnapshot } from './support/snapshot.ts'
import { stayOpen } from './support/stays-open.ts'

const REFUND = '/api/admin/payments/refund'

test('an admin refunds a part and then the rest, and the balance falls in the tab the user has open', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  await userPage.goto('/dashboard')
  const header = new AppHeader(userPage)
  await header.isLive()
  const { id } = await buyPackage(userPage, sql)
  await expect(header.balance).toHaveText('600')
  const open = stayOpen(userPage)

  const payment = new AdminPaymentPage(adminPage)
  await payment.open(id)
  await payment.review('Half of it was too much', '10.00')
  await expect(payment.confirmation).toContainText(`$10.00 goes back to ${user.email}`)
  await expect(payment.confirmation).toContainText('Taken back125 credits')
  await expect(payment.confirmation).toContainText('Already spent (becomes debt)0 credits')
  const held = await sandbox.holdBack(user.email, async () => {
    await payment.confirm.dblclick()
    await expect(payment.refund('Half of it was too much')).toContainText('Pending')
    await expect(header.balance, 'nothing is taken back before the money is').toHaveText('600')
    const refunds = await sql<{ id: string }[]>`
      select r.provider_refund_id as id from payment_refunds r where r.payment_id = ${id}`
    return refunds.map((refund) => refund.id)
  })
  await sandbox.release(held)
  await expect(header.balance).toHaveText('475')
  await expect(payment.refund('Half of it was too much')).toContainText('Succeeded')
  await expect(payment.ledgerRow('the payment was refunded')).toContainText('−125')

  await payment.review('And the rest of it')
  await expect(payment.confirmation).toContainText('$29.99 goes back')
  await expect(payment.confirmation).toContainText('Taken back375 credits')
  await payment.confirm.click()
  await expect(header.balance).toHaveText('100')
  await expect(adminPage.getByText('All of it was refunded, or is being refunded.')).toBeVisible()
  open.expectSame()
  await adminPage.goto('/admin/payments?status=refunded')
  await expect(adminPage.getByRole('row').filter({ hasText: user.email })).toContainText('−500')
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 100,
    rows: ['signup_bonus 100', 'purchase 500', 'clawback -125', 'clawback -375'],
  })
  expect([...(await sql`select * from verify_ledger(${user.id})`)]).toEqual([])
})

test('what was spent becomes debt, every page says so, and the next purchase repays it', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  const { id } = await buyPackage(userPage, sql)
  await charge(sql, user.id, { amount: 450 })
  await userPage.goto('/dashboard')
  const header = new AppHeader(userPage)
  await header.isLive()

  const payment = new AdminPaymentPage(adminPage)
  await payment.open(id)
  await payment.review('Bought with a stolen card')
  await expect(payment.confirmation).toContainText('Taken back500 credits')
  await expect(payment.confirmation).toContainText('Already spent (becomes debt)350 credits')
  await payment.confirm.click()
  await expect(header.balance).toHaveText('0')
  await expect(payment.ledgerRow('the payment was refunded')).toContainText('Debt +350')
  await userPage.goto('/billing')
  await expect(userPage.getByText('You owe 350 credits')).toBeVisible()
  await userPage.goto('/transactions')
  await expect(userPage.getByRole('row').filter({ hasText: 'Taken back' })).toContainText('Debt +350')

  await buyPackage(userPage, sql)
  await userPage.goto('/transactions')
  await expect(header.balance).toHaveText('150')
  await expect(userPage.getByRole('row').filter({ hasText: 'Debt repaid' })).toContainText('−350')
  await userPage.goto('/billing')
  await expect(userPage.getByText('You owe')).toBeHidden()
  expect([...(await sql`select * from verify_ledger(${user.id})`)]).toEqual([])
})

test('an amount that is none, or more than is left, is refused with a sentence, and nothing is asked for', async ({
  userPage,
  adminPage,
  sql,
}) => {
  const { id } = await buyPackage(userPage, sql, 'Starter')
  const payment = new AdminPaymentPage(adminPage)
  await payment.open(id)
  for (const typed of ['1,50', '1.234', '-3', 'ten']) {
    await payment.review('A test of amounts', typed)
    await expect(payment.problem, typed).toContainText('Write the amount in USD, as 9.99.')
  }
  await payment.review('A test of amounts', '10')
  await expect(payment.problem).toContainText('At most $9.99 can be refunded.')
  expect([...(await sql`select * from payment_refunds where payment_id = ${id}`)]).toEqual([])
})

test('one key refunds once, and other requests under it are refused', async ({
  userPage,
  adminPage,
  admin,
  user,
  sql,
}) => {
  const { id } = await buyPackage(userPage, sql, 'Starter')
  const refund = { paymentId: id, amount: 100, reason: 'One dollar', idempotencyKey: crypto.randomUUID() }
  const answers = await Promise.all([1, 2, 3, 4].map(() => callApi(adminPage, REFUND, refund)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(new Set(answers.map(({ body }) => body.refundId)).size).toBe(1)
  await expect.poll(() => readLedger(sql, user.id)).toMatchObject({ balance: 190 })
  const other = await callApi(adminPage, REFUND, { ...refund, amount: 200 })
  expect(other).toMatchObject({ status: 409, body: { error: 'idempotency_conflict' } })
  const more = { ...refund, amount: 900, idempotencyKey: crypto.randomUUID() }
  expect(await callApi(adminPage, REFUND, more)).toMatchObject({
    status: 400,
    body: { error: 'invalid_amount', refundable: 899, currency: 'USD' },
  })
  const told = await sql`
    select outcome, reason from audit_logs
    where actor_id = ${admin.id} and action = 'payment.refund' order by id`
  expect([...told]).toMatchObject([
    { outcome: 'success', reason: 'One dollar' },
    { outcome: 'failure' },
    { outcome: 'failure' },
  ])
})

test('payments are for admins alone', async ({ page, userPage, user, sql }) => {
  const { id } = await buyPackage(userPage, sql, 'Starter')
  const before = await takeSnapshot(sql, [user.id, id])
  const refund = { paymentId: id, reason: 'Because I can', idempotencyKey: 'mine' }
  expect(await callApi(page, REFUND, refund)).toMatchObject({ status: 401 })
  expect(await callApi(userPage, REFUND, refund)).toMatchObject({ status: 403, body: { error: 'forbidden' } })
  expect(await callApi(userPage, `${REFUND}?paymentId=${id}`)).toMatchObject({ status: 403 })
  for (const path of ['/admin', '/admin/payments', `/admin/payments/${id}`]) {
    expect((await userPage.goto(path))?.status(), path).toBe(404)
  }
  expect(await takeSnapshot(sql, [user.id, id])).toEqual(before)
})

test('the list of payments is narrowed down by its address', async ({ userPage, adminPage, user, sql }) => {
  const { id, paymentId } = await buyPackage(userPage, sql, 'Starter')
  const rows = adminPage.getByRole('row').filter({ hasText: user.email })
  for (const [query, shown] of [
    [`q=${user.email}`, true],
    [`q=${paymentId}`, true],
    [`q=${paymentId.slice(0, -1)}%25`, false],
    [`q=${user.email}&status=paid`, true],
    [`q=${user.email}&status=undecided`, false],
    [`q=${user.email}&status=refunded`, false],
    [`q=${user.email}&status=nonsense`, true],
    [`q=${user.email}&kind=one_time`, true],
    [`q=${user.email}&kind=subscription`, false],
    [`q=${user.email}&from=2020-01-01&to=2020-01-02`, false],
    [`q=${user.email}&from=2020-01-01&to=2099-01-01`, true],
    [`q=${user.email}&from=nonsense&before=nonsense`, true],
  ] as const) {
    await adminPage.goto(`/admin/payments?${query}`)
    await expect(rows, query).toHaveCount(shown ? 1 : 0)
  }
  await adminPage.goto('/admin/payments')
  await adminPage.getByRole('searchbox', { name: 'Search' }).fill(paymentId)
  await expect(adminPage).toHaveURL(`/admin/payments?q=${paymentId}`)
  await rows.getByRole('link', { name: 'Starter' }).click()
  await expect(adminPage).toHaveURL(`/admin/payments/${id}`)
  await expect(adminPage.getByText(paymentId)).toBeVisible()
  await expect(adminPage.getByRole('row').filter({ hasText: 'payment.succeeded' })).toContainText('Processed')
})

test('a long list is read page by page, there and back', async ({ adminPage, user, sql }) => {
  await sql`
    insert into payments (provider, user_id, package_id, credit_type, credits, amount, currency, checkout_session_id, created_at)
    select 'dodopayments', ${user.id}, 'starter', 'general', 100, n, 'USD', ${user.id} || n, clock_timestamp() - n / 2 * interval '1 hour'
    from generate_series(1, 60) n`
  const amounts = async () => {
    const cells = await adminPage.getByRole('cell', { name: /^\$\d/ }).allInnerTexts()
    return cells.map((text) => Math.round(Number(text.slice(1)) * 100))
  }
  const turnTo = async (name: string, count: number) => {
    const [newest] = await amounts()
    await adminPage.getByRole('link', { name }).click()
    await expect.poll(amounts).not.toContain(newest)
    await expect.poll(amounts).toHaveLength(count)
    return amounts()
  }
  await adminPage.goto(`/admin/payments?q=${user.email}`)
  await expect.poll(amounts).toHaveLength(25)
  const first = await amounts()
  const second = await turnTo('Older', 25)
  const third = await turnTo('Older', 10)
  expect(new Set([...first, ...second, ...third]).size).toBe(60)
  expect(await turnTo('Newer', 25)).toEqual(second)
  expect(await turnTo('Newer', 25)).toEqual(first)
})
