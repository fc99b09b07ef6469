import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine, times } from './engine.ts'

let engine: Engine
let userId: string
beforeAll(async () => {
  engine = await openEngine()
  await engine.owner`insert into credit_types (id, name) values ('calling', 'Calling minutes')`
})
afterAll(() => engine.close())
beforeEach(async () => {
  userId = await engine.createUser({ balance: 100 })
  return () => engine.expectSoundLedger()
})

const spend = (amount: number) => engine.call('deduct_credits', { p_user_id: userId, p_amount: amount })
const buy = (amount: number, more = {}) =>
  engine.call('add_credits', { p_user_id: userId, p_amount: amount, ...more })
const watch = (threshold: number | null) =>
  engine.call('set_low_balance_threshold', { p_user_id: userId, p_threshold: threshold })
const reserve = (price: number) =>
  engine.call('reserve_credits', {
    p_caller: { internal: 'test' },
    p_user_id: userId,
    p_action: 'run',
    p_prices: engine.server.json({ default: price }),
    p_hold_ms: 60_000,
  })
const mails = async () => {
  const rows = await engine.owner<{ data: { balance: number; threshold: number } }[]>`
    select data from mails where user_id = ${userId} and kind = 'low_balance' order by id`
  return rows.map(({ data }) => data)
}
const letADayPass = () =>
  engine.owner`update mails set created_at = created_at - interval '1 day' where user_id = ${userId}`

test('a mail is due when the balance falls below the threshold, not when it reaches it', async () => {
  await spend(80)
  expect(await mails()).toEqual([])
  await spend(1)
  expect(await mails()).toEqual([{ balance: 19, threshold: 20, credit_type: 'general' }])
  await spend(10)
  expect(await mails()).toHaveLength(1)
})

test('twenty charges at the same moment give one mail', async () => {
  await spend(70)
  await engine.atOnce(
    userId,
    times(20, () => spend(1)),
  )
  expect(await mails()).toEqual([{ balance: 19, threshold: 20, credit_type: 'general' }])
})

test('a second mail comes after a day, if the balance was above meanwhile', async () => {
  await spend(90)
  await engine.owner`select claim_mails()`
  await buy(50)
  await spend(50)
  expect(await mails()).toHaveLength(1)
  await letADayPass()
  await spend(1)
  expect(await mails()).toHaveLength(1)
  await buy(50)
  await spend(50)
  expect(await mails()).toHaveLength(2)
})

test('the threshold is the user’s own: another number, or none', async () => {
  await watch(50)
  await spend(51)
  expect(await mails()).toMatchObject([{ balance: 49, threshold: 50 }])
  await buy(51)
  await watch(null)
  await spend(99)
  expect(await mails()).toEqual([])
  expect(await watch(-1)).toMatchObject({ ok: false, code: 'invalid_amount' })
})

test('each wallet has its own threshold and its own mail', async () => {
  await buy(30, { p_credit_type: 'calling' })
  await engine.call('set_low_balance_threshold', {
    p_user_id: userId,
    p_threshold: 25,
    p_credit_type: 'calling',
  })
  await spend(90)
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 6, p_credit_type: 'calling' })
  expect(await mails()).toMatchObject([
    { balance: 10, credit_type: 'general' },
    { balance: 24, threshold: 25, credit_type: 'calling' },
  ])
  const answer = await engine.call('set_low_balance_threshold', {
    p_user_id: userId,
    p_threshold: 5,
    p_credit_type: 'nothing',
  })
  expect(answer).toMatchObject({ ok: false, code: 'unknown_credit_type' })
})

test('credits that expire or are held count too', async () => {
  await buy(10, { p_expires_at: new Date(Date.now() + 60_000).toISOString() })
  await spend(75)
  expect(await mails()).toEqual([])
  await reserve(20)
  expect(await mails()).toMatchObject([{ balance: 15 }])
})

test('a run that fails takes its mail back, and the next charge still has one', async () => {
  await spend(75)
  const { transaction_id } = await reserve(10)
  expect(await mails()).toMatchObject([{ balance: 15 }])
  await engine.call('release_hold', { p_transaction_id: transaction_id ?? 0 })
  expect(await mails()).toEqual([])
  await spend(9)
  expect(await mails()).toMatchObject([{ balance: 16 }])
})

test('a mail that is being sent is not taken back, and counts for the day', async () => {
  await spend(90)
  await engine.owner`select claim_mails()`
  await buy(100)
  expect(await mails()).toHaveLength(1)
  await spend(100)
  expect(await mails()).toHaveLength(1)
})

describe('several thresholds of one wallet', () => {
  const watchAll = (...thresholds: number[]) =>
    engine.call('set_low_balance_thresholds', {
      p_user_id: userId,
      p_thresholds: `{${thresholds}}`,
    })
  const told = async () => (await mails()).map(({ threshold }) => threshold)

  test('each is told of once, until the balance is above it again', async () => {
    expect(await watchAll(5, 50, 20, 20)).toMatchObject({ ok: true, threshold: 50, thresholds: [50, 20, 5] })
    await spend(51)
    expect(await told()).toEqual([50])
    for (const _ of times(10, Number)) await spend(2)
    expect(await told()).toEqual([50])
    await spend(10)
    await spend(5)
    await spend(10)
    expect(await told()).toEqual([50, 20, 5])
    await engine.owner`select claim_mails()`
    await letADayPass()
    // Above 5 and 20, never above 50.
    await buy(30)
    await spend(30)
    expect(await told()).toEqual([50, 20, 5, 5])
    expect(await engine.wallet(userId)).toMatchObject({ balance: 4 })
  })

  test('a charge that crosses all of them gives one mail, about the lowest', async () => {
    await watchAll(50, 20, 5)
    await spend(98)
    expect(await mails()).toMatchObject([{ balance: 2, threshold: 5 }])
  })

  test('a failed run that had crossed several leaves the mail about what the balance is below still', async () => {
    await watchAll(50, 20, 5)
    await spend(45)
    const { transaction_id } = await reserve(53)
    expect(await told()).toEqual([5])
    await spend(1)
    await engine.call('release_hold', { p_transaction_id: transaction_id ?? 0 })
    expect(await told()).toEqual([])
    expect(await engine.wallet(userId)).toMatchObject({ balance: 54 })
    const second = await reserve(52)
    await buy(28)
    expect(await mails()).toMatchObject([{ balance: 30, threshold: 50 }])
    await engine.call('release_hold', { p_transaction_id: second.transaction_id ?? 0 })
    expect(await told()).toEqual([])
  })

  test('twenty charges at the same moment give one mail for each', async () => {
    await watchAll(50, 45, 40)
    await spend(45)
    await engine.atOnce(
      userId,
      times(20, () => spend(1)),
    )
    expect(await told()).toEqual([50, 45, 40])
  })

  test('one is what a wallet had before, and none is never', async () => {
    await watchAll(50, 20)
    expect(await watch(10)).toMatchObject({ ok: true, threshold: 10, thresholds: [10] })
    await spend(85)
    expect(await told()).toEqual([])
    await watchAll()
    await spend(15)
    expect(await told()).toEqual([])
  })

  test.each([['{4,3,2,1}'], ['{-1}'], ['{10,null}'], ['{9007199254740992}']])(
    '%s is refused',
    async (list) => {
      await watchAll(50)
      const answer = await engine.call('set_low_balance_thresholds', {
        p_user_id: userId,
        p_thresholds: list,
      })
      expect(answer).toMatchObject({ ok: false, code: 'invalid_amount' })
      await spend(60)
      expect(await told()).toEqual([50])
    },
  )
})
