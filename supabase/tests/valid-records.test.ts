import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let id: number
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  const userId = await engine.createUser({ balance: 10 })
  const reserved = await engine.call('reserve_credits', {
    p_user_id: userId,
    p_action: 'run',
    p_prices: { default: 4 },
    p_hold_ms: 60_000,
    p_caller: { internal: 'test' },
  })
  id = reserved.transaction_id ?? 0
})
afterAll(() => engine.close())

test.each([
  ['from nowhere', "source = 'nowhere'"],
  ['of an unknown status', "status = 'odd'"],
  ['with a charge below zero', 'charged = -1'],
  ['kept for ever', "retention = '367 days'"],
  ['that ended without a time', "status = 'failed'"],
  ['that runs after its end', 'finished_at = now(), purge_at = now()'],
  ['that ended and is never purged', "status = 'failed', finished_at = now()"],
])('a run %s cannot be written', async (_, change) => {
  const update = engine.owner.unsafe(`
    update runs set ${change} where id = (select run_id from credit_holds where transaction_id = ${id})`)
  await expect(update).rejects.toMatchObject({ constraint_name: 'runs_entry_is_valid' })
})

test.each([
  ['input', 16_384],
  ['full_input', 524_288],
  ['progress', 4_096],
  ['stored_response', 1_048_576],
])('a run does not keep more than %s may have', async (column, bytes) => {
  const write = (size: number) =>
    engine.owner.unsafe(`
    update runs set ${column} = to_jsonb(repeat('x', ${size}))
    where id = (select run_id from credit_holds where transaction_id = ${id})`)
  await write(bytes - 100)
  await expect(write(bytes + 1)).rejects.toMatchObject({ constraint_name: 'runs_content_is_bounded' })
})

test.each([
  ['of an unknown status', "status = 'odd'"],
  ['of nothing', 'amount = 0'],
  ['settled for nobody knows what', "status = 'settled', finished_at = now()"],
  ['settled for more than it holds', "status = 'settled', finished_at = now(), settled_amount = 5"],
  ['settled for less than nothing', "status = 'settled', finished_at = now(), settled_amount = -1"],
  ['open, with an amount settled', 'settled_amount = 1'],
  ['open after its end', 'finished_at = now()'],
  ['ended without a time', "status = 'released'"],
])('a hold %s cannot be written', async (_, change) => {
  const update = engine.owner.unsafe(`update credit_holds set ${change} where transaction_id = ${id}`)
  await expect(update).rejects.toMatchObject({ constraint_name: 'credit_holds_entry_is_valid' })
})
