import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mentions, splitSearch } from '../../lib/credits/search-words.ts'
import { type Engine, openEngine } from './engine.ts'

type Row = {
  id: number
  seq: number
  type: string
  reverses: number | null
  description: string | null
  action: string | null
}
type Found = { rows: (Row & { refunds: Row[] })[]; total: number; skipped: number; earlier: number | null }
type Arguments = Partial<{
  types: string[] | null
  action: string | null
  words: string[] | null
  from: string
  to: string
  until: number
  before: number
  after: number
  limit: number
}>

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

async function page(userId: string, given: Arguments = {}): Promise<Found> {
  const [row] = await engine.server<{ found: Found }[]>`
    select ledger_page(
      ${userId}, p_types => ${given.types ?? null}, p_action => ${given.action ?? null},
      p_words => ${given.words ?? null}, p_from => ${given.from ?? null}::text::timestamptz, p_to => ${given.to ?? null}::text::timestamptz,
      p_until_seq => ${given.until ?? null}, p_before_seq => ${given.before ?? null},
      p_after_seq => ${given.after ?? null}, p_limit => ${given.limit ?? 25}
    ) as found`
  if (!row) throw new Error('There is no page.')
  return row.found
}

const seqs = ({ rows }: Found) => rows.map(({ seq }) => seq)

describe('a ledger of every kind of rows', () => {
  const WORDS = ['Draw', 'a card', 'SUMMARIZE', '100 %', 'it_failed', 'C:\\dir', 'Über']
  let userId: string
  let ledger: Row[]

  beforeAll(async () => {
    userId = await engine.createUser({ balance: 1_000 })
    for (let i = 0; i < 60; i++) {
      const { transaction_id = 0 } = await engine.call('deduct_credits', {
        ...{ p_user_id: userId, p_amount: 2, p_action: i % 2 ? 'draw' : 'summarize' },
        p_description: `${WORDS[i % WORDS.length]} ${WORDS[(i * 3) % WORDS.length]}`,
      })
      const refund = (p_amount: number, p_idempotency_key: string) =>
        engine.call('refund_transaction', {
          ...{ p_transaction_id: transaction_id, p_amount, p_idempotency_key },
          p_reason: WORDS[i % WORDS.length] ?? '',
        })
      if (i % 3 === 0) await refund(1, `first ${i}`)
      if (i % 6 === 0) await refund(1, `second ${i}`)
      if (i % 10 === 0) await engine.call('add_credits', { p_user_id: userId, p_amount: 5 })
    }
    ledger = [
      ...(await engine.owner<Row[]>`
        select id::int, seq::int, type, reverses::int, description, action
        from credit_transactions where user_id = ${userId} order by seq desc`),
    ]
  })

  /** What a page has to be, said once more in another way: all that matches, less the refunds of what does. */
  function expected({ types = null, action = null, words = null }: Arguments): Row[] {
    const matching = ledger.filter(
      (row) =>
        (types === null || types.includes(row.type)) &&
        (action === null || row.action === action) &&
        mentions(row, words ?? []),
    )
    return matching.filter(
      ({ type, reverses }) => type !== 'refund' || !matching.some(({ id }) => id === reverses),
    )
  }

  const filters = fc.record({
    types: fc.option(
      fc.array(fc.constantFrom('deduction', 'refund', 'purchase', 'none'), { minLength: 1, maxLength: 3 }),
    ),
    action: fc.option(fc.constantFrom('draw', 'summarize', 'unused')),
    words: fc.option(
      fc
        .constantFrom(...WORDS, 'd', 'a', '%', '_', '\\', 'summarize it', 'draw card nothing')
        .map(splitSearch),
    ),
  })

  test('is listed, counted and paged as the filters say, there and back', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 20 }), async (filter, limit) => {
        const wanted = expected(filter).map(({ seq }) => seq)
        const pages = [await page(userId, { ...filter, limit })]
        for (let last = pages[0]; last && last.skipped + last.rows.length < last.total; last = pages.at(-1)) {
          pages.push(await page(userId, { ...filter, limit, before: last.rows.at(-1)?.seq }))
        }
        expect(pages.flatMap(seqs)).toEqual(wanted)
        for (const [index, found] of pages.entries()) {
          expect(found).toMatchObject({ total: wanted.length, skipped: index * limit, earlier: null })
          const first = found.rows[0]
          if (index === 0 || !first) continue
          expect(await page(userId, { ...filter, limit, after: first.seq })).toEqual(pages[index - 1])
        }
      }),
      { numRuns: 60 },
    )
  })

  test('shows each refund once: under its charge, or on its own where that is not listed', async () => {
    const all = await page(userId, { limit: 100 })
    const refunds = ledger.filter(({ type }) => type === 'refund')
    const folded = all.rows.flatMap(({ id, refunds }) => refunds.map((refund) => [id, refund.id]))
    expect(folded.sort()).toEqual(refunds.map(({ id, reverses }) => [reverses, id]).sort())
    expect(all.rows.some(({ type }) => type === 'refund')).toBe(false)
    expect((await page(userId, { types: ['refund'] })).total).toBe(refunds.length)
  })

  test('begins and ends with the days asked for', async () => {
    const [bounds] = await engine.owner<{ from: string; to: string }[]>`
      select min(created_at) filter (where seq = 11)::text as from, min(created_at) filter (where seq = 21)::text as to
      from credit_transactions where user_id = ${userId}`
    const found = await page(userId, { ...bounds, limit: 100 })
    const within = ledger.filter(({ seq }) => seq >= 11 && seq < 21)
    const wanted = within.filter(
      ({ type, reverses }) => type !== 'refund' || !within.some(({ id }) => id === reverses),
    )
    expect(seqs(found)).toEqual(wanted.map(({ seq }) => seq))
  })
})

test('nobody without a wallet has a page', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect(await page(nobody)).toEqual({ rows: [], total: 0, skipped: 0, earlier: null })
})

describe('a ledger of 60,000 rows', () => {
  const ROWS = 60_000
  let userId: string

  beforeAll(async () => {
    userId = await engine.createUser({ balance: 1 })
    await engine.owner.begin(async (transaction) => {
      await transaction`
        insert into credit_transactions
          (user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description)
        select ${userId}, 'general', i, type, amount, 100, 100 + amount, 'bench', 'Row ' || i
        from generate_series(2, ${ROWS}) i, lateral (
          select
            case when i % 1000 = 0 then 'purchase' else 'deduction' end as type,
            case when i % 1000 = 0 then 1 else -1 end as amount
        ) kind`
      await transaction`update credits set version = ${ROWS} where user_id = ${userId}`
    })
    await engine.owner`vacuum analyze credit_transactions`
  })

  test('is searched 10,000 rows at a time, and the page says where to go on', async () => {
    const words = ['row', '1234']
    const first = await page(userId, { words })
    expect(first).toMatchObject({ earlier: ROWS + 1 - 10_000, total: 1 })
    expect(first.rows[0]?.description).toBe('Row 51234')
    const second = await page(userId, { words, until: first.earlier ?? undefined })
    expect(second.rows.map(({ description }) => description)).toEqual(['Row 41234'])
    const last = await page(userId, { words, until: 5_000 })
    expect(last).toMatchObject({ earlier: null, total: 1 })
  })

  test('gives its rare rows from its beginning on', async () => {
    expect(await page(userId, { types: ['purchase'] })).toMatchObject({ total: 61, earlier: null })
  })

  test('costs a search for what is nowhere no more than its 10,000 rows', async () => {
    const [plan] = await engine.server`
      explain (analyze, buffers, timing off, format json)
      select ledger_page(${userId}, p_words => ${['nowhere']})`
    const [whole] = await engine.owner<{ pages: number }[]>`
      select (pg_relation_size('credit_transactions') / 8192)::int as pages`
    const read: number = plan?.['QUERY PLAN'][0].Plan['Shared Hit Blocks']
    expect(read).toBeGreaterThan(0)
    // A sixth of the table, and the index to it.
    expect(read).toBeLessThan((whole?.pages ?? 0) / 2)
  })
})
