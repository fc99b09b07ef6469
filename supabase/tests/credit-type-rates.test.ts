import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { refusalToError } from '../../lib/supabase/refusals.ts'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 8 })
  await engine.owner`
    insert into credit_types (id, name, rate_requests, rate_seconds)
    values ('calling', 'Calling minutes', 5, 3600), ('scraping', 'Scraping credits', null, null)`
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

type Run = { action?: string; creditType?: string; requests?: number; key?: string }

async function createCaller(): Promise<(run?: Run) => ReturnType<Engine['call']>> {
  const userId = await engine.createUser({ balance: 100 })
  for (const creditType of ['calling', 'scraping']) {
    await engine.call('add_credits', { p_user_id: userId, p_amount: 100, p_credit_type: creditType })
  }
  return ({ action = 'call', creditType = 'calling', requests, key } = {}) =>
    engine.call('reserve_credits', {
      p_user_id: userId,
      p_action: action,
      p_prices: { default: 1 },
      p_hold_ms: 60_000,
      p_caller: { internal: 'test' },
      p_credit_type: creditType,
      ...(requests && { p_rate_requests: requests, p_rate_seconds: 3600 }),
      ...(key && { p_idempotency_key: key }),
    })
}

test('the limit of a credit type holds for all tools that it pays, however many run at once', async () => {
  const run = await createCaller()
  const tools = ['call', 'dial', 'ring', 'text']
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => run({ action: tools[index % tools.length] })),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
  const refused = answers.filter(({ ok }) => !ok)
  for (const refusal of refused) {
    expect(refusal).toMatchObject({ code: 'rate_limited', credit_type: 'calling' })
  }
})

test('other wallets have nothing to do with it', async () => {
  const run = await createCaller()
  for (const _ of Array(6)) await run()
  expect(await run()).toMatchObject({ code: 'rate_limited' })
  expect(await run({ creditType: 'scraping' })).toMatchObject({ ok: true })
  expect(await run({ creditType: 'general' })).toMatchObject({ ok: true })
})

test('a run that one of the two limits refuses counts against neither', async () => {
  const run = await createCaller()
  // The tool allows two; its third attempt leaves three of the credit type's five.
  for (const _ of Array(6)) await run({ action: 'dial', requests: 2 })
  const answers = []
  for (const _ of Array(4)) answers.push(await run({ action: 'ring', requests: 4 }))
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false])
  // What the credit type refused left the tool's own allowance whole.
  expect(await run({ action: 'ring', requests: 4, creditType: 'scraping' })).toMatchObject({ ok: true })
})

test('a repeated request is answered again, and not counted again', async () => {
  const run = await createCaller()
  for (const _ of Array(8)) expect(await run({ key: 'once' })).toMatchObject({ ok: true })
  for (const _ of Array(4)) expect(await run()).toMatchObject({ ok: true })
  expect(await run()).toMatchObject({ code: 'rate_limited' })
  expect(await run({ key: 'once' })).toMatchObject({ ok: true, replayed: true })
})

test('who is refused reads when to try again, and of which credits', async () => {
  const run = await createCaller()
  for (const _ of Array(5)) await run()
  const { code = '', message = '', ...refusal } = await run()
  expect(refusalToError({ ...refusal, code, message })).toMatchObject({
    status: 429,
    details: { creditType: 'calling', retryAfterSeconds: expect.any(Number) },
  })
})

test.each([
  ['half of it', '5, null'],
  ['none at all', '0, 60'],
  ['a time before now', '5, -1'],
])('a limit of %s cannot be set', async (_, limit) => {
  await expect(
    engine.owner.unsafe(
      `insert into credit_types (id, name, rate_requests, rate_seconds) values ('wrong', 'Wrong', ${limit})`,
    ),
  ).rejects.toThrow('credit_types_rate_is')
})
