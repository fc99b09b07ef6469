import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

const ROWS = 60
const TYPES = ['deduction', 'refund', 'purchase', 'signup_bonus', 'expiry', 'no_such_type']
const ACTIONS = ['summarize', 'draw']

let engine: Engine
let userId: string

/** Some of every kind: charges, every third given back at once, and credits bought and given in between. */
beforeAll(async () => {
  engine = await openEngine()
  userId = await engine.createUser({ balance: 1_000 })
  for (let i = 0; i < ROWS; i++) {
    const { transaction_id = 0 } = await engine.call('deduct_credits', {
      p_user_id: userId,
      p_amount: 1,
      p_action: ACTIONS[i % 2] ?? null,
    })
    if (i % 3 === 0) {
      await engine.call('refund_transaction', { p_transaction_id: transaction_id, p_reason: 'It failed' })
    }
    if (i % 10 === 0) {
      const p_type = i % 20 === 0 ? 'purchase' : 'signup_bonus'
      await engine.call('add_credits', { p_user_id: userId, p_amount: 5, p_type })
    }
  }
})
afterAll(() => engine.close())

type Filter = { types: string[] | null; action: string | null; beforeSeq: number | null; limit: number }

const filters: fc.Arbitrary<Filter> = fc.record({
  types: fc.option(fc.array(fc.constantFrom(...TYPES), { maxLength: 4 })),
  action: fc.option(fc.constantFrom(...ACTIONS, 'unused')),
  beforeSeq: fc.option(fc.integer({ min: 0, max: 2 * ROWS })),
  limit: fc.integer({ min: 1, max: 30 }),
})

test('a page of history is what the filters say, newest first, each row once, whichever way it is looked up', async () => {
  const ledger = await engine.owner<{ seq: number; type: string; action: string | null }[]>`
    select seq::int, type, action from credit_transactions where user_id = ${userId} order by seq desc`
  expect(new Set(ledger.map(({ type }) => type))).toEqual(
    new Set(['deduction', 'refund', 'purchase', 'signup_bonus']),
  )
  await fc.assert(
    fc.asyncProperty(filters, async ({ types, action, beforeSeq, limit }) => {
      const wanted = ledger.filter(
        (row) =>
          (types === null || types.includes(row.type)) &&
          (action === null || row.action === action) &&
          (beforeSeq === null || row.seq < beforeSeq),
      )
      const page = await engine.server<{ seq: number }[]>`
        select seq::int from transaction_history(
          ${userId}, p_types => ${types}, p_action => ${action}, p_before_seq => ${beforeSeq}, p_limit => ${limit}
        )`
      expect(page.map(({ seq }) => seq)).toEqual(wanted.slice(0, limit).map(({ seq }) => seq))
    }),
  )
})
