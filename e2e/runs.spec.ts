import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { convertImages, slowImage } from './support/convert-images.ts'
import { readLedger } from './support/ledger.ts'

test('a run asked for again hears that it is still going, then gets its answer, and is paid once', async ({
  userPage,
  user,
  sql,
}) => {
  const files = Array(5).fill(await slowImage())
  const ask = () => convertImages(userPage.context(), { files, key: 'holiday' })
  const first = ask()
  const holds = () => sql`select status, amount::int from credit_holds where user_id = ${user.id}`
  await expect
    .poll(async () => [...(await holds())], { intervals: [20] })
    .toEqual([{ status: 'open', amount: 5 }])

  const meanwhile = await ask()
  expect(meanwhile.status).toBe(409)
  expect(await meanwhile.json()).toMatchObject({ error: 'still_running' })

  const answer = await first.then((response) => response.json())
  expect(answer).toMatchObject({ converted: 5, creditsUsed: 5, newBalance: 95 })
  await expect.poll(async () => [...(await holds())]).toEqual([{ status: 'settled', amount: 5 }])

  const again = await ask()
  expect(again.status).toBe(200)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.json()).toEqual(answer)
  expect(await readLedger(sql, user.id)).toEqual({ balance: 95, rows: ['signup_bonus 100', 'deduction -5'] })
})

test('a run that fails is given back, and fails the same when it is asked for again', async ({
  userPage,
  user,
  sql,
}) => {
  const ask = () =>
    callApi(userPage, '/api/example-protected', { text: '12 34 56' }, { 'idempotency-key': 'numbers' })
  const failed = await ask()
  expect(failed).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  expect(failed.body.message).toContain('You were not charged.')
  expect(failed.headers['idempotent-replayed']).toBeUndefined()

  const again = await ask()
  expect(again).toMatchObject({ status: 400, body: failed.body })
  expect(again.headers['idempotent-replayed']).toBe('true')
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 100,
    rows: ['signup_bonus 100', 'deduction -1', 'refund 1'],
  })
})

test('a run costs what it did: two of three images could be converted', async ({ userPage, user, sql }) => {
  const image = await slowImage()
  const broken = new File(['no image'], 'broken.png')
  const ask = () =>
    convertImages(userPage.context(), { files: [image, broken, image], format: 'webp', key: 'three' })
  const answer = await ask().then((response) => response.json())
  expect(answer).toMatchObject({ converted: 2, creditsUsed: 2, newBalance: 98 })
  expect(answer.images[1]).toEqual({ name: 'broken.png', error: expect.any(String) })

  const holds = () =>
    sql`select status, settled_amount::int as kept from credit_holds where user_id = ${user.id}`
  await expect.poll(async () => [...(await holds())]).toEqual([{ status: 'settled', kept: 2 }])
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 98,
    rows: ['signup_bonus 100', 'deduction -3', 'refund 1'],
  })
  expect(await ask().then((response) => response.json())).toEqual(answer)

  const { body } = await callApi(userPage, `/api/credits/transactions/${answer.transactionId}`)
  expect(body).toMatchObject({ amount: -3, refunded: 1, hold: { status: 'settled', settled_amount: 2 } })
})
