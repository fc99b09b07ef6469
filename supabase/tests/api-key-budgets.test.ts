import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine, tally, times } from './engine.ts'
import { createKeyOwner, type KeyOwner, type TestKey } from './key-owner.ts'

let engine: Engine
let owner: KeyOwner
let user: string

beforeAll(async () => {
  engine = await openEngine({ connections: 60 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())
beforeEach(async () => {
  owner = await createKeyOwner(engine, 1000)
  user = owner.id
})

async function usedOf({ id }: TestKey, period: string) {
  const [row] = await engine.owner`
    select used::int, remaining::int from api_key_budgets
    where api_key_id = ${id} and period = ${period} and credit_type = 'general'`
  return row
}

describe('a budget', () => {
  test('is kept exactly by fifty calls at once', async () => {
    const key = await owner.createKey({ p_budget_per_day: 40 })
    const answers = await engine.atOnce(
      user,
      times(50, () => owner.spend(key.hash)),
    )
    expect(tally(answers).done).toBe(10)
    expect(await usedOf(key, 'day')).toEqual({ used: 40, remaining: 0 })
    expect((await engine.wallet(user)).balance).toBe(960)
  })

  test('gets back what a run gives back, on the day it was taken', async () => {
    const key = await owner.createKey({ p_budget_total: 10 })
    const [settled, released] = [await owner.spend(key.hash), await owner.spend(key.hash)]
    await engine.call('settle_hold', { p_transaction_id: settled.transaction_id ?? 0, p_amount: 1 })
    await engine.call('release_hold', { p_transaction_id: released.transaction_id ?? 0 })
    expect(await usedOf(key, 'total')).toEqual({ used: 1, remaining: 9 })
    const lost = await owner.spend(key.hash, { p_hold_ms: 0 })
    expect(lost).toMatchObject({ ok: true })
    await engine.call('release_expired_holds', {})
    expect(await usedOf(key, 'total')).toEqual({ used: 1, remaining: 9 })
  })

  test('also bounds what a run takes as it goes', async () => {
    const key = await owner.createKey({ p_budget_per_month: 10 })
    const { transaction_id: id = 0 } = await owner.spend(key.hash)
    expect(await engine.call('extend_hold', { p_transaction_id: id, p_total: 10 })).toMatchObject({
      ok: true,
    })
    expect(await engine.call('extend_hold', { p_transaction_id: id, p_total: 11 })).toMatchObject({
      ok: false,
      code: 'budget_exceeded',
      required: 1,
      remaining: 0,
    })
    await engine.call('settle_hold', { p_transaction_id: id, p_amount: 5 })
    expect(await usedOf(key, 'month')).toEqual({ used: 5, remaining: 5 })
  })

  test('begins anew with its day and month, and the total never does', async () => {
    const key = await owner.createKey({ p_budget_per_day: 4, p_budget_per_month: 8, p_budget_total: 12 })
    const age = (days: number) =>
      engine.owner`update api_key_usage set day = day - ${days}::int where api_key_id = ${key.id}`
    await owner.spend(key.hash)
    expect(await owner.spend(key.hash)).toMatchObject({
      code: 'budget_exceeded',
      period: 'day',
      remaining: 0,
    })
    await age(40)
    expect(await usedOf(key, 'month')).toEqual({ used: 0, remaining: 8 })
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true })
    await age(40)
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true })
    // The total is said, since tomorrow would not help.
    expect(await owner.spend(key.hash)).toMatchObject({
      code: 'budget_exceeded',
      period: 'total',
      resets_at: null,
    })
  })

  test('can be changed: what is used already counts', async () => {
    const key = await owner.createKey()
    await owner.spend(key.hash)
    expect(await owner.change('set_api_key_budgets', key, { p_budget_total: 7 })).toMatchObject({
      ok: true,
    })
    expect(await owner.spend(key.hash)).toMatchObject({ code: 'budget_exceeded', remaining: 3 })
    expect(await owner.change('set_api_key_budgets', key)).toMatchObject({ ok: true })
    expect(await owner.spend(key.hash)).toMatchObject({ ok: true })
  })

  test('tells its owner at 50, 80, 90 and 100 percent, each once', async () => {
    const key = await owner.createKey({ p_budget_total: 10 })
    const use = (price: number) => owner.spend(key.hash, { p_prices: { default: price } })
    const mailed = async () => {
      const mails = await engine.owner<{ percent: number }[]>`
        select (data ->> 'percent')::int as percent from mails
        where user_id = ${user} and kind = 'key_budget' order by id`
      return mails.map(({ percent }) => percent)
    }
    await use(4)
    expect(await mailed()).toEqual([])
    const { transaction_id: id = 0 } = await use(1)
    expect(await mailed()).toEqual([50])
    await engine.call('release_hold', { p_transaction_id: id })
    await use(1)
    expect(await mailed()).toEqual([50])
    // Past two at once, only the highest is news.
    await use(4)
    expect(await mailed()).toEqual([50, 90])
    await use(1)
    expect(await mailed()).toEqual([50, 90, 100])
  })
})
