import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, type EngineResult, openEngine, times } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 8 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

const RUN = {
  p_action: 'run',
  p_prices: { default: 5 },
  p_hold_ms: 60_000,
  p_caller: { internal: 'test' },
}
const atOnce = (count: number, act: () => Promise<EngineResult>) =>
  Promise.all(times(count, act).map((send) => send()))
const codes = (answers: EngineResult[]) => new Set(answers.map(({ code = 'ok' }) => code))
const count = (answers: EngineResult[], code: string) =>
  answers.filter((answer) => (answer.code ?? 'ok') === code).length

describe('runs that are refused', () => {
  test('are one row of the audit log and a count, and slowed down when they do not stop', async () => {
    const userId = await engine.createUser({ balance: 4 })
    const answers = await atOnce(100, () => engine.call('reserve_credits', { p_user_id: userId, ...RUN }))

    expect(codes(answers)).toEqual(new Set(['insufficient_credits', 'rate_limited']))
    expect(count(answers, 'insufficient_credits')).toBeLessThanOrEqual(40)
    const noted = await engine.owner`select reason from audit_logs where target_user_id = ${userId}`
    // Two when the hour changes meanwhile.
    expect(noted.length).toBeLessThanOrEqual(2)
    const [trail] = await engine.owner`
      select sum((details ->> 'repeats')::int)::int as repeats from audit_trail
      where target_user_id = ${userId} and details ? 'repeats'`
    expect(noted.length + trail?.repeats).toBe(100)
  })

  test('do not keep somebody who has bought credits meanwhile from running', async () => {
    const userId = await engine.createUser({ balance: 4 })
    const reserve = () => engine.call('reserve_credits', { p_user_id: userId, ...RUN })
    expect(codes(await atOnce(60, reserve))).toContain('rate_limited')
    await engine.call('add_credits', { p_user_id: userId, p_amount: 5 })
    expect(await reserve()).toMatchObject({ ok: true })
  })

  test('count against the limit of their tool', async () => {
    const userId = await engine.createUser({ balance: 4 })
    const limited = { p_user_id: userId, ...RUN, p_rate_requests: 2, p_rate_seconds: 60 }
    const answers = await atOnce(3, () => engine.call('reserve_credits', limited))
    expect(count(answers, 'insufficient_credits')).toBe(2)
    expect(count(answers, 'rate_limited')).toBe(1)
  })
})

describe('an allowance', () => {
  const attempt = (...subjects: string[]) =>
    engine.call('check_rate_limits', {
      p_action: 'checkout',
      p_limits: subjects.map((subject) => ({ subject, requests: 5, seconds: 600 })),
    })

  test('lets so many through, however many come at once', async () => {
    const answers = await atOnce(20, () => attempt('address:203.0.113.1', 'a user'))
    expect(count(answers, 'ok')).toBe(5)
    expect(count(answers, 'rate_limited')).toBe(15)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ retry_after_ms: expect.any(Number) })
  })

  test('of an address is one for all of its users, and of a user one for all addresses', async () => {
    await atOnce(5, () => attempt('address:203.0.113.2', 'ada'))
    expect(await attempt('address:203.0.113.2', 'bob')).toMatchObject({ code: 'rate_limited' })
    expect(await attempt('address:203.0.113.3', 'ada')).toMatchObject({ code: 'rate_limited' })
    expect(await attempt('address:203.0.113.3', 'bob')).toMatchObject({ ok: true })
  })

  test('never makes two attempts wait for each other in a circle', async () => {
    const answers = await Promise.all([
      ...times(20, () => attempt('address:203.0.113.4', 'eve')).map((send) => send()),
      ...times(20, () => attempt('eve', 'address:203.0.113.4')).map((send) => send()),
    ])
    expect(count(answers, 'ok')).toBe(5)
  })
})
