import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { buy } from './support/ledger.ts'

test('a charge says which rule, tier, inputs and grants made it, and how its run ended', async ({
  userPage,
  user,
  sql,
}) => {
  await buy(sql, user.id, { amount: 1, days: 5, description: 'Trial' })
  const run = await callApi(userPage, '/api/example-protected', {
    text: 'The harbour opened in 1887. It made the town rich. Cats sleep in the sun.',
    complexity: 'high',
  })
  expect(run).toMatchObject({ status: 200, body: { creditsUsed: 2, newBalance: 99 } })
  const path = `/api/credits/transactions/${run.body.transactionId}`
  await expect
    .poll(async () => (await callApi(userPage, path)).body.hold)
    .toMatchObject({ status: 'settled' })
  const { body } = await callApi(userPage, path)
  expect(body).toMatchObject({
    ...{ transactionId: run.body.transactionId, amount: -2, reason: 'Summarize a text', refunded: 0 },
    price: {
      rule: 'text-generation × complexity',
      prices: { default: 2, pro: 2, enterprise: 2 },
      tier: null,
      input: { complexity: 'high' },
    },
    grants: [{ amount: 1, source: 'Trial' }],
    hold: { status: 'settled', settled_amount: 2, reason: null },
  })
})

test('nobody explains a row of somebody else', async ({ page, user, adminPage, sql }) => {
  const [row] = await sql<{ id: number }[]>`
    select id::int from public.credit_transactions where user_id = ${user.id} limit 1`
  const path = `/api/credits/transactions/${row?.id}`
  expect((await callApi(page, path)).status).toBe(401)
  expect(await callApi(adminPage, path)).toMatchObject({
    status: 404,
    body: { error: 'transaction_not_found', message: 'You have no such transaction.' },
  })
})

test('what is no number of a transaction is a bad request', async ({ userPage }) => {
  for (const id of ['0', '-1', 'x', '1.5', '9007199254740993']) {
    const answer = await callApi(userPage, `/api/credits/transactions/${id}`)
    expect(answer, id).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  }
})
