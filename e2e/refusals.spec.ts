import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { charge, readLedger } from './support/ledger.ts'
import { expectRefusal } from './support/refusal.ts'
import { takeSnapshot } from './support/snapshot.ts'

const TEXT = 'The harbour opened in 1887. It made the town rich.'

// #region payments
test('a package there is not is a 404', async ({ userPage: page, user, sql }) => {
  const before = await takeSnapshot(sql, [user.id])
  for (const packageId of ['gold', 'Pro', "pro'--", '../pro', 'пpo']) {
    const answer = await callApi(page, '/api/dodopayments/checkout', { packageId })
    expectRefusal(answer, 404, 'package_not_found', packageId)
  }
  expect(await takeSnapshot(sql, [user.id])).toEqual(before)
})
// #endregion

test('a run the balance does not pay is a 402 with both numbers', async ({ userPage: page, user, sql }) => {
  await charge(sql, user.id, { amount: 99 })
  const before = await takeSnapshot(sql, [user.id])
  const answer = await callApi(page, '/api/example-protected', { text: TEXT, complexity: 'high' })
  expectRefusal(answer, 402, 'insufficient_credits', 'high')
  expect(answer.body).toMatchObject({ currentBalance: 1, requiredCredits: 2, shortfall: 1 })
  expect(await takeSnapshot(sql, [user.id])).toEqual(before)
  expect(await callApi(page, '/api/example-protected', { text: TEXT })).toMatchObject({
    status: 200,
    body: { newBalance: 0, creditsUsed: 1 },
  })
})

// #region admin
test('a removal the balance does not cover is a 402 with both numbers', async ({ adminPage, user, sql }) => {
  const before = await takeSnapshot(sql, [user.id])
  const removal = { userId: user.id, amount: -101, reason: 'Bought with a stolen card' }
  const answer = await callApi(adminPage, '/api/admin/credits', removal)
  expectRefusal(answer, 402, 'insufficient_credits', 'removal')
  expect(answer.body).toMatchObject({ currentBalance: 100, requiredCredits: 101 })
  expect(await takeSnapshot(sql, [user.id])).toEqual(before)
})
// #endregion

test('a run too many is a 429 that says when to come back, and costs nothing', async ({
  userPage: page,
  user,
  sql,
}) => {
  const runs = Array.from({ length: 30 }, () => callApi(page, '/api/example-protected', { text: TEXT }))
  const answers = await Promise.all(runs)
  const done = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ status }) => status !== 200)
  expect(done.length).toBeGreaterThanOrEqual(20)
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) {
    expectRefusal(answer, 429, 'rate_limited', 'run')
    const seconds = Number(answer.headers['retry-after'])
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(answer.body.retryAfterSeconds).toBe(seconds)
  }
  expect((await readLedger(sql, user.id)).balance).toBe(100 - done.length)
})

test('an idempotency key that is none is a 400, and one used for something else a 409', async ({
  userPage: page,
  user,
  sql,
}) => {
  const run = (key: string, text = TEXT) =>
    callApi(page, '/api/example-protected', { text }, { 'idempotency-key': key })
  for (const key of ['', 'a b', 'x'.repeat(129), 'ключ', '../..']) {
    expectRefusal(await run(encodeURI(key)), 400, 'bad_request', key)
  }
  expect((await run('run-1')).status).toBe(200)
  expectRefusal(await run('run-1', `${TEXT} It grew.`), 409, 'idempotency_conflict', 'other text')
  expect(await readLedger(sql, user.id)).toEqual({ balance: 99, rows: ['signup_bonus 100', 'deduction -1'] })
})

test('an address with characters that are no text breaks no page', async ({ userPage }) => {
  for (const path of [
    '/transactions?before=%00',
    // #region payments
    '/payment-success?payment_id=%00',
    '/buy-credits?cancelled=%00',
    // #endregion
  ]) {
    expect((await userPage.goto(path))?.status(), path).toBe(200)
  }
  for (const path of ['/api/credits/transactions?action=%00', '/api/credits/usage?creditType=%00']) {
    expectRefusal(await callApi(userPage, path), 400, 'bad_request', path)
  }
})

// #region admin
test('nor does one break a page of admins', async ({ adminPage }) => {
  for (const path of ['/admin?q=%00', '/admin?q=%25_%5C%27']) {
    expect((await adminPage.goto(path))?.status(), path).toBe(200)
  }
})
// #endregion
