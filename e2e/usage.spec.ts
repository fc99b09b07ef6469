import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { buy, charge, databaseTime } from './support/ledger.ts'

test('usage adds up what was used, bought and given back, by day and by action', async ({
  userPage,
  user,
  sql,
}) => {
  await buy(sql, user.id, { amount: 50 })
  const [first] = await charge(sql, user.id, { amount: 4, times: 2 })
  await charge(sql, user.id, { amount: 9, action: 'image-generation' })
  await sql`select public.refund_transaction(${first ?? 0}, 3)`
  const { body } = await callApi(userPage, '/api/credits/usage')
  const day = (await databaseTime(sql)).slice(0, 10)
  expect(body).toMatchObject({
    ...{ totalUsed: 14, totalPurchased: 50, totalRefunded: 3, count: 3, averagePerDay: 14 },
    byDay: [{ day, used: 14, count: 3 }],
    byAction: [
      { action: 'image-generation', used: 9, count: 1 },
      { action: 'text-generation', used: 5, count: 2 },
    ],
  })
})

test('usage of a period counts that period alone, its idle days too', async ({ userPage, user, sql }) => {
  await charge(sql, user.id, { amount: 4 })
  const since = await databaseTime(sql)
  await charge(sql, user.id, { amount: 6 })
  const tenDays = new Date(Date.parse(since) + 10 * 86_400_000).toISOString()
  const { body } = await callApi(userPage, `/api/credits/usage?from=${since}&to=${tenDays}`)
  expect(body).toMatchObject({
    from: expect.stringContaining(since.slice(0, 19)),
    totalUsed: 6,
    count: 1,
    averagePerDay: 0.6,
  })
  const { body: before } = await callApi(userPage, '/api/credits/usage?from=2020-01-01&to=2020-02-01')
  expect(before).toMatchObject({ totalUsed: 0, count: 0, averagePerDay: 0, byDay: [], byAction: [] })
})

test('usage of a wallet there is not is a 404, and of nobody a 401', async ({ page, userPage }) => {
  expect(await callApi(userPage, '/api/credits/usage?creditType=none')).toMatchObject({
    status: 404,
    body: { error: 'wallet_not_found', message: 'You have no credits of this type.' },
  })
  expect((await callApi(page, '/api/credits/usage')).status).toBe(401)
  expect((await callApi(userPage, '/api/credits/usage?from=now')).status).toBe(400)
})

test('balances and what is about to expire are told together', async ({ userPage, user, sql }) => {
  await buy(sql, user.id, { amount: 30, days: 9, description: 'November' })
  await buy(sql, user.id, { amount: 20, days: 3, description: 'Trial' })
  const { body } = await callApi(userPage, '/api/credits')
  expect(body).toMatchObject({
    balance: 150,
    balances: { general: { balance: 150, totalPurchased: 50 } },
    expiring: [
      { creditType: 'general', credits: 20, source: 'Trial', expiresAt: expect.any(String) },
      { creditType: 'general', credits: 30, source: 'November' },
    ],
  })
})
