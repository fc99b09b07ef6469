import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AdminAuditPage } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'
import { claimOfPayment, sign } from './support/forged-webhook.ts'
import { readLedger } from './support/ledger.ts'
import { takeSnapshot } from './support/snapshot.ts'

const REPLAY = '/api/admin/webhooks/replay'

/** A delivery that DodoPayments signed and that fails, since it tells of a session nobody has opened yet. */
async function deliverTooEarly(page: Page, email: string) {
  const id = `msg_${randomUUID()}`
  const told = { paymentId: `pay_${randomUUID()}`, sessionId: `cks_${randomUUID()}`, email }
  const body = claimOfPayment(told)
  const answer = await callApi(page, '/api/dodopayments/webhook', Buffer.from(body), sign(body, { id }))
  expect(answer).toMatchObject({ status: 500, body: { error: 'unknown_payment' } })
  return { id: `dodopayments:${id}`, ...told }
}

test('a failed delivery is found, understood and replayed; replayed once more it changes nothing', async ({
  page,
  adminPage,
  admin,
  user,
  sql,
}) => {
  const { id, paymentId, sessionId } = await deliverTooEarly(page, user.email)
  await adminPage.goto(`/admin/webhooks?status=failed&q=${paymentId}`)
  const row = adminPage.getByRole('row').filter({ hasText: id })
  await expect(row).toContainText('No checkout of ours has this session or payment id.')
  await row.getByRole('link', { name: 'payment.succeeded' }).click()
  await expect(adminPage.getByRole('heading', { name: 'payment.succeeded' })).toBeVisible()
  await expect(adminPage.getByText(`"checkout_session_id": "${sessionId}"`)).toBeVisible()

  const replay = adminPage.getByRole('button', { name: 'Replay' })
  await replay.click()
  await expect(adminPage.getByText('The event could not be processed: No checkout of ours')).toBeVisible()
  expect(await readLedger(sql, user.id)).toMatchObject({ balance: 100 })

  // What was missing has come meanwhile.
  await sql`select record_checkout(${user.id}, 'pro', ${sessionId}, 'dodopayments')`
  await replay.click()
  await expect(adminPage.getByText('It was applied. What it says counts from now on.')).toBeVisible()
  await expect(adminPage.getByRole('link', { name: paymentId })).toBeVisible()
  await replay.click()
  await expect(adminPage.getByText('It had been applied before. Nothing was changed.')).toBeVisible()
  expect(await readLedger(sql, user.id)).toEqual({ balance: 600, rows: ['signup_bonus 100', 'purchase 500'] })

  const replays = adminPage.getByRole('listitem').filter({ hasText: admin.email })
  await expect(replays).toHaveText([/^Applied before/, /^Applied/, /^Failed again.*No checkout of ours/s])
  await adminPage.goto('/admin/audit?action=event&by=admins')
  await expect(new AdminAuditPage(adminPage).entries(id)).toHaveCount(3)
})

test('a processed delivery replayed, however often, changes nothing', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  const { paymentId } = await buyPackage(userPage, sql, 'Starter')
  const [event] = await sql<
    { id: string }[]
  >`select id from payment_events where ${paymentId} = any(provider_ids)`
  const before = await takeSnapshot(sql, [user.id, event?.id ?? ''])
  const answers = await Promise.all([1, 2, 3].map(() => callApi(adminPage, REPLAY, { id: event?.id })))
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { outcome: 'duplicate' } })
  const { audit_logs: told, ...after } = await takeSnapshot(sql, [user.id, event?.id ?? ''])
  const { audit_logs: toldBefore, ...unchanged } = before
  expect(after).toEqual(unchanged)
  expect(told).toHaveLength((toldBefore?.length ?? 0) + 3)
})

test('what DodoPayments answered when asked can be replayed like a delivery', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  const { paymentId } = await buyPackage(userPage, sql, 'Starter')
  const id = `api:${randomUUID()}`
  const event = {
    ...{ kind: 'refund', refund_id: `ref_${randomUUID()}`, payment_id: paymentId, request_id: null },
    ...{ status: 'succeeded', amount: 999, currency: 'USD', whole: true, reason: null },
  }
  await sql`select store_payment_event(${id}, 'refund', ${sql.json(event)}, 'dodopayments', 'api')`
  await sql`select finish_payment_event(${id}, 'failed', 'The database was away.')`
  expect(await callApi(adminPage, REPLAY, { id })).toMatchObject({ body: { outcome: 'applied' } })
  expect(await readLedger(sql, user.id)).toMatchObject({ balance: 100 })

  const broken = `api:${randomUUID()}`
  await sql`select store_payment_event(${broken}, 'refund', ${sql.json({ kind: 'refund' })}, 'dodopayments', 'api')`
  expect(await callApi(adminPage, REPLAY, { id: broken })).toMatchObject({
    status: 409,
    body: {
      error: 'replay_failed',
      message: 'The event could not be processed: This event does not carry what its type says.',
    },
  })
  const emptied = `msg_${randomUUID()}`
  await sql`select store_payment_event(${emptied}, 'payment.succeeded', '{}', 'dodopayments')`
  expect(await callApi(adminPage, REPLAY, { id: emptied })).toMatchObject({
    body: { error: 'replay_failed', message: expect.stringContaining('emptied') },
  })
})

test('the list of payment events is for admins alone', async ({ page, userPage, user, sql }) => {
  const { id, sessionId } = await deliverTooEarly(page, user.email)
  await sql`select record_checkout(${user.id}, 'pro', ${sessionId}, 'dodopayments')`
  const before = await takeSnapshot(sql, [user.id, id])
  expect((await callApi(page, REPLAY, { id })).status).toBe(401)
  expect((await callApi(userPage, REPLAY, { id })).status).toBe(403)
  for (const path of ['/admin/webhooks', `/admin/webhooks/${id}`]) {
    expect((await userPage.goto(path))?.status(), path).toBe(404)
  }
  expect(await takeSnapshot(sql, [user.id, id])).toEqual(before)
})

test('the list of payment events is narrowed down by its address', async ({ page, adminPage, user }) => {
  const { id, paymentId, sessionId } = await deliverTooEarly(page, user.email)
  const row = adminPage.getByRole('row').filter({ hasText: id })
  for (const [query, shown] of [
    [`q=${id}`, true],
    [`q=${paymentId}`, true],
    [`q=${sessionId}`, true],
    [`q=${id}&status=failed&type=payment`, true],
    [`q=${id}&status=processed`, false],
    [`q=${id}&type=refund`, false],
    [`q=${id}&status=nonsense&before=nonsense`, true],
    ['q=msg_that_never_came', false],
  ] as const) {
    await adminPage.goto(`/admin/webhooks?${query}`)
    await expect(row, query).toHaveCount(shown ? 1 : 0)
  }
  for (const path of ['msg_that_never_came', '%E0%A4%A', 'a%00b']) {
    expect((await adminPage.goto(`/admin/webhooks/${path}`))?.status(), path).toBeGreaterThanOrEqual(400)
  }
})
