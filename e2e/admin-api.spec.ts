import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { balanceOf, charge } from './support/ledger.ts'

const text = 'The harbour opened in 1887. It made the town rich.'

test.describe('an admin gives a charge back', () => {
  test('in parts, then what is left, and never more than it was', async ({ adminPage, user, sql }) => {
    const [transactionId] = await charge(sql, user.id, { amount: 10 })
    const refund = (amount?: number) =>
      callApi(adminPage, '/api/admin/refunds', {
        ...{ transactionId, reason: 'The card was blurred', idempotencyKey: crypto.randomUUID() },
        ...(amount && { amount }),
      })
    expect(await refund(4)).toMatchObject({ status: 200, body: { refunded: 4, newBalance: 94 } })
    expect(await refund(7)).toMatchObject({
      status: 400,
      body: {
        ...{ error: 'invalid_amount', refundable: 6 },
        message: 'Between 1 and 6 credits of this transaction can be refunded.',
      },
    })
    expect(await refund()).toMatchObject({ status: 200, body: { refunded: 6, newBalance: 100 } })
    expect(await refund()).toMatchObject({
      status: 409,
      body: { error: 'not_refundable', message: 'This transaction has already been refunded.' },
    })
    const rows = await sql`
      select amount::int, description, actor_id is not null as by_admin from public.credit_transactions
      where reverses = ${transactionId ?? 0} order by seq`
    const told = await sql`
      select outcome, reason, details ->> 'amount' as amount from public.audit_trail
      where target_user_id = ${user.id} and action = 'credits.refund' order by created_at`
    expect([...told]).toMatchObject([
      { outcome: 'success', reason: 'The card was blurred', amount: '4' },
      { outcome: 'failure' },
      { outcome: 'success', reason: 'The card was blurred', amount: '6' },
      { outcome: 'failure' },
    ])
    expect([...rows]).toEqual([
      { amount: 4, description: 'The card was blurred', by_admin: true },
      { amount: 6, description: 'The card was blurred', by_admin: true },
    ])
  })

  test('once for each key, however often it is sent', async ({ adminPage, user, sql }) => {
    const [transactionId] = await charge(sql, user.id, { amount: 10 })
    const refund = { transactionId, amount: 2, reason: 'It was slow', idempotencyKey: crypto.randomUUID() }
    const answers = await Promise.all([1, 2, 3].map(() => callApi(adminPage, '/api/admin/refunds', refund)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await balanceOf(sql, user.id)).toBe(92)
    const other = await callApi(adminPage, '/api/admin/refunds', { ...refund, amount: 3 })
    expect(other).toMatchObject({ status: 409, body: { error: 'idempotency_conflict' } })
  })

  test('but nothing that was not taken for something', async ({ adminPage, user, sql }) => {
    const [bonus] = await sql<{ id: number }[]>`
      select id::int from public.credit_transactions where user_id = ${user.id}`
    expect(
      await callApi(adminPage, '/api/admin/refunds', { transactionId: bonus?.id, reason: 'A test' }),
    ).toMatchObject({
      status: 409,
      body: { error: 'not_refundable', message: 'Only a deduction can be refunded.' },
    })
    expect(
      await callApi(adminPage, '/api/admin/refunds', { transactionId: 999_999_999, reason: 'A test' }),
    ).toMatchObject({ status: 404, body: { error: 'transaction_not_found' } })
  })

  test('only by a request that makes sense', async ({ adminPage, user, sql }) => {
    const [transactionId] = await charge(sql, user.id)
    for (const wrong of [
      { reason: '' },
      { amount: -1 },
      { amount: 0.5 },
      { transactionId: undefined },
      { userId: user.id },
      { idempotencyKey: '' },
    ]) {
      const answer = await callApi(adminPage, '/api/admin/refunds', {
        ...{ transactionId, amount: 1, reason: 'A test' },
        ...wrong,
      })
      expect(answer, JSON.stringify(wrong)).toMatchObject({ status: 400, body: { error: 'bad_request' } })
    }
    expect(await balanceOf(sql, user.id)).toBe(99)
  })
})

test('an admin has the ledger proved, of one user or of all', async ({ adminPage, user, sql }) => {
  await charge(sql, user.id, { times: 3 })
  const proved = { status: 200, body: { ok: true, violations: [] } }
  expect(await callApi(adminPage, `/api/admin/ledger?userId=${user.id}`)).toMatchObject(proved)
  expect(await callApi(adminPage, '/api/admin/ledger')).toMatchObject(proved)
  expect((await callApi(adminPage, '/api/admin/ledger?userId=x')).status).toBe(400)
})

test('an admin gives a membership and takes it away; the credits stay', async ({ adminPage, user, sql }) => {
  const set = (change: object) =>
    callApi(adminPage, '/api/admin/memberships', { userId: user.id, reason: 'A gift', ...change })
  const tierOf = async () =>
    (await sql`select membership_tier as tier from public.profiles where id = ${user.id}`)[0]?.tier
  const expiresAt = '2099-01-01T00:00:00Z'
  expect(await set({ tier: 'pro', expiresAt })).toMatchObject({
    status: 200,
    body: { tier: 'pro', expiresAt },
  })
  expect(await tierOf()).toBe('pro')
  expect(await set({ tier: null })).toMatchObject({ status: 200, body: { tier: null, expiresAt: null } })
  expect(await tierOf()).toBeNull()
  expect(await balanceOf(sql, user.id)).toBe(100)
  expect((await set({ tier: 'gold' })).status).toBe(400)
  expect((await set({ tier: 'pro', expiresAt: 'tomorrow' })).status).toBe(400)
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect(await set({ tier: 'pro', userId: nobody })).toMatchObject({
    status: 404,
    body: { error: 'user_not_found' },
  })
})

test('a charge says which membership counted', async ({ adminPage, userPage, user }) => {
  await callApi(adminPage, '/api/admin/memberships', {
    userId: user.id,
    tier: 'enterprise',
    reason: 'A gift',
  })
  const run = await callApi(userPage, '/api/example-protected', { text })
  const { body } = await callApi(userPage, `/api/credits/transactions/${run.body.transactionId}`)
  expect(body.price).toMatchObject({ tier: 'enterprise' })
})

test('what admins do is for admins alone', async ({ page, userPage, user }) => {
  for (const [path, body] of [
    ['/api/admin/refunds', { transactionId: 1, reason: 'A test' }],
    ['/api/admin/memberships', { userId: user.id, tier: 'pro', reason: 'A test' }],
    ['/api/admin/ledger', undefined],
    ['/api/admin/ledger', {}],
  ] as const) {
    expect(await callApi(page, path, body)).toMatchObject({ status: 401, body: { error: 'unauthorized' } })
    expect(await callApi(userPage, path, body)).toMatchObject({ status: 403, body: { error: 'forbidden' } })
  }
})
