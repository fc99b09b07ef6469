import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { createAccount } from './support/accounts.ts'
import { callApi } from './support/call-api.ts'
import { claimOfPayment, sign } from './support/forged-webhook.ts'
import { readLedger } from './support/ledger.ts'
import { takeSnapshot } from './support/snapshot.ts'

const CHECKOUT = '/api/dodopayments/checkout'
const WEBHOOK = '/api/dodopayments/webhook'
const A_WHILE = 6 * 60_000

const deliver = (page: Page, body: string, headers: Record<string, string>) =>
  callApi(page, WEBHOOK, Buffer.from(body), headers)

/** Opens a checkout for the package pro, unpaid, and gives the id of its session. */
async function openCheckout(page: Page): Promise<string> {
  const { status, body } = await callApi(page, CHECKOUT, { packageId: 'pro' })
  expect(status).toBe(200)
  return String(body.checkoutUrl).split('/').at(-1) ?? ''
}

test('a checkout is what its package says: no price, no amount, no buyer of the browser counts', async ({
  userPage: page,
  user,
  sql,
}) => {
  const victim = await createAccount()
  const before = await takeSnapshot(sql, [user.id, victim.id])
  for (const wish of [
    { amount: 1, currency: 'JPY' },
    { quantity: 100 },
    { userId: victim.id },
    { user_id: victim.id, email: victim.email },
    { metadata: { user_id: victim.id } },
    { returnUrl: 'https://evil.example' },
    { successUrl: 'https://evil.example' },
    { cancelUrl: '//evil.example/x' },
    { planId: 'starter' },
    { productId: 'pdt_starter' },
  ]) {
    const answer = await callApi(page, CHECKOUT, { packageId: 'pro', ...wish })
    expect(answer, JSON.stringify(wish)).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  }
  for (const packageId of ['PRO', 'pro ', "pro' or true --", '../pro', '']) {
    const { status } = await callApi(page, CHECKOUT, { packageId })
    expect([400, 404], packageId).toContain(status)
  }
  expect(await takeSnapshot(sql, [user.id, victim.id])).toEqual(before)

  // A button may say what it thinks that a package costs and grants. It is not read.
  const wish = { packageId: 'pro', price: 1, credits: 1_000_000 }
  expect((await callApi(page, CHECKOUT, wish)).status).toBe(200)
  const payments =
    await sql`select user_id, credits::int, amount::int, status from payments where user_id = ${user.id}`
  expect([...payments]).toEqual([{ user_id: user.id, credits: 500, amount: 3999, status: 'pending' }])
})

test('a webhook that DodoPayments did not sign, or not now, or not like this, changes nothing', async ({
  userPage: page,
  user,
  sql,
}) => {
  const sessionId = await openCheckout(page)
  const [id, paymentId] = [`msg_${randomUUID()}`, `pay_${randomUUID()}`]
  const body = claimOfPayment({ paymentId, sessionId, email: user.email })
  const other = claimOfPayment({ paymentId, sessionId, email: 'somebody@example.com' })
  const genuine = sign(body, { id })
  const without = (name: string) =>
    Object.fromEntries(Object.entries(genuine).filter(([key]) => key !== name))
  const forgeries: Record<string, Record<string, string>> = {
    'without any signature': {},
    'without an id': without('webhook-id'),
    'without a time': without('webhook-timestamp'),
    'without a signature': without('webhook-signature'),
    'signed with another key': sign(body, { id, key: `whsec_${btoa('the key of a stranger')}` }),
    'signed for another body': sign(other, { id }),
    'signed for another id': { ...genuine, 'webhook-id': `msg_${randomUUID()}` },
    'signed for another time': {
      ...genuine,
      'webhook-timestamp': String(Number(genuine['webhook-timestamp']) - 1),
    },
    'sent too late': sign(body, { id, at: new Date(Date.now() - A_WHILE) }),
    'sent too early': sign(body, { id, at: new Date(Date.now() + A_WHILE) }),
    'with a signature of nothing': { ...genuine, 'webhook-signature': 'v1,' },
    'with a signature of another kind': {
      ...genuine,
      'webhook-signature': genuine['webhook-signature']?.replace('v1,', 'v0,') ?? '',
    },
    'with a time that is none': { ...genuine, 'webhook-timestamp': 'NaN' },
  }
  const names = [user.id, id, paymentId, sessionId]
  const before = await takeSnapshot(sql, names)
  for (const [what, headers] of Object.entries(forgeries)) {
    const answer = await deliver(page, body, headers)
    expect(answer, what).toMatchObject({ status: 401, body: { error: 'unauthorized' } })
  }
  const large = `${body}${' '.repeat(300_000)}`
  expect(await deliver(page, large, sign(large, { id }))).toMatchObject({
    status: 413,
    body: { maxBytes: 262_144 },
  })
  for (const nonsense of ['{', '', 'null', '[]', '{"type":5}']) {
    const answer = await deliver(page, nonsense, sign(nonsense, { id }))
    expect(answer, nonsense).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  }
  expect(await takeSnapshot(sql, names)).toEqual(before)
})

test('a genuine webhook that somebody recorded and plays again grants nothing more', async ({
  userPage: page,
  user,
  sql,
}) => {
  const sessionId = await openCheckout(page)
  const body = claimOfPayment({ paymentId: `pay_${randomUUID()}`, sessionId, email: user.email })
  const recorded = sign(body, { id: `msg_${randomUUID()}` })
  expect(await deliver(page, body, recorded)).toMatchObject({ status: 200, body: { outcome: 'processed' } })
  const again = await Promise.all(Array.from({ length: 10 }, () => deliver(page, body, recorded)))
  expect(again.map((answer) => answer.body.outcome)).toEqual(Array(10).fill('duplicate'))
  expect(await readLedger(sql, user.id)).toEqual({ balance: 600, rows: ['signup_bonus 100', 'purchase 500'] })
})

test('what was bought is for whoever opened the checkout, whatever a delivery says of the buyer', async ({
  userPage: page,
  user,
  sql,
}) => {
  const other = await createAccount()
  const sessionId = await openCheckout(page)
  const paymentId = `pay_${randomUUID()}`
  const body = claimOfPayment({ paymentId, sessionId, email: other.email, metadata: { user_id: other.id } })
  expect((await deliver(page, body, sign(body, { id: `msg_${randomUUID()}` }))).status).toBe(200)
  expect((await readLedger(sql, user.id)).balance).toBe(600)
  expect((await readLedger(sql, other.id)).balance).toBe(100)
})

test('a genuine webhook about a checkout that is not ours is kept, and grants nobody anything', async ({
  page,
  user,
  sql,
}) => {
  const id = `msg_${randomUUID()}`
  const sessionId = `cks_${randomUUID()}`
  const body = claimOfPayment({
    paymentId: `pay_${randomUUID()}`,
    sessionId,
    email: user.email,
    metadata: { user_id: user.id },
  })
  expect(await deliver(page, body, sign(body, { id }))).toMatchObject({
    status: 500,
    body: { error: 'unknown_payment' },
  })
  expect((await sql`select status from payment_events where id = ${`dodopayments:${id}`}`)[0]).toEqual({
    status: 'failed',
  })
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})
