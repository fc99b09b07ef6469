import fc from 'fast-check'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from './database.ts'
import { EngineModel } from './engine-model.ts'
import { type Ask, anyStory, MAX_AMOUNT, type Request } from './engine-requests.ts'
import { createEngineUnderTest } from './engine-under-test.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let admin: Sql

beforeAll(async () => {
  database = await createDatabase()
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  await admin`insert into public.credit_types (id, name) values ('minutes', 'Minutes')`
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

/** Asks both the same, one request after the other, and expects the same answers, the same records and pure refusals. */
async function compare(requests: Request[]): Promise<void> {
  const sql = await admin.reserve()
  await sql`begin`
  try {
    const model = new EngineModel()
    const engine = await createEngineUnderTest(sql)
    for (const request of requests) {
      const rowsBefore = model.records.ledger.length
      const { entry, hours, ...expected } = model.perform(request)
      const changes = model.records.ledger.length > rowsBefore
      const { answer, records, entryIds, before, after } = await engine.perform(request)
      const asked = JSON.stringify(request)
      expect(answer, asked).toMatchObject(expected)
      if (entry) expect(answer.transaction_id, asked).toBe(entryIds[model.records.ledger.indexOf(entry)])
      if (hours !== undefined) expect(Math.round(Number(answer.retry_after_ms) / 3_600_000)).toBe(hours)
      expect(records, asked).toEqual(model.records.list())
      if (!expected.ok || (expected.replayed && !changes)) expect(after, asked).toEqual(before)
    }
    expect(await sql`select * from public.verify_ledger()`).toHaveLength(0)
  } finally {
    await sql`rollback`
    sql.release()
  }
}

/** `MODEL_RUNS=1000` looks further; `MODEL_SEED` tells the stories of a failed run again. */
const RUNS = Number(process.env.MODEL_RUNS ?? 80)
const SEED = process.env.MODEL_SEED
/** Long enough for every story; a failure is told by the shortest story found until then. */
const LIMIT = { interruptAfterTimeLimit: RUNS * 2_000, markInterruptAsFailure: true }

test(
  'the engine answers and keeps its records as the model does, whatever it is asked',
  async () => {
    const property = fc.asyncProperty(anyStory, compare)
    await fc.assert(property, { ...LIMIT, numRuns: RUNS, ...(SEED && { seed: Number(SEED) }) })
  },
  RUNS * 3_000,
)

// Stories that once told the two apart.

const mine = { user: 0, type: 'general', key: null } as const
const add = (amount: number, rest: Partial<Ask<'add'>> = {}): Request => ({
  ...mine,
  operation: 'add',
  kind: 'purchase',
  amount,
  hours: null,
  priority: 0,
  ...rest,
})
const reserve = (price: number, rest: Partial<Ask<'reserve'>> = {}): Request => ({
  ...mine,
  operation: 'reserve',
  prices: { default: price },
  hours: 0,
  needsPro: false,
  limited: false,
  ...rest,
})
const deduct = (amount: number, rest: Partial<Ask<'deduct'>> = {}): Request => ({
  ...mine,
  operation: 'deduct',
  amount,
  action: null,
  reference: null,
  ...rest,
})
const adjust = (amount: number, rest: Partial<Ask<'adjust'>> = {}): Request => ({
  ...mine,
  operation: 'adjust',
  amount,
  ...rest,
})
const wait = (hours: number): Request => ({ operation: 'wait', hours })

const stories: Record<string, Request[]> = {
  'a refusal opens no wallet': [
    deduct(1),
    add(5),
    deduct(1, { key: 'a' }),
    add(5, { type: 'minutes', key: 'a' }),
    add(5, { type: 'minutes', hours: -1 }),
    adjust(-5, { type: 'minutes' }),
    adjust(5, { type: 'minutes', key: 'a' }),
  ],
  'a reservation that cannot be paid gives no dead run back': [
    add(5, { hours: 1 }),
    reserve(5),
    wait(2),
    reserve(3),
  ],
  'a dead run pays for a new one with what has not expired of it': [
    add(5, { hours: 1 }),
    add(4),
    reserve(9),
    wait(2),
    reserve(5),
    reserve(4),
  ],
  'asked for again, a dead run is given back at once': [
    add(5),
    reserve(5, { key: 'a' }),
    wait(1),
    reserve(5, { key: 'a' }),
  ],
  'what is on hold still fits in when it comes back': [
    add(10),
    reserve(10),
    adjust(MAX_AMOUNT),
    adjust(MAX_AMOUNT - 10),
    { operation: 'release', hold: 0 },
  ],
  'a refund that does not fit in is refused': [
    add(10),
    deduct(10),
    adjust(MAX_AMOUNT),
    { operation: 'refund', charge: 0, amount: null, key: null },
    adjust(-3),
    { operation: 'refund', charge: 0, amount: 3, key: null },
  ],
  'an action without a reference is not a reference without an action': [
    add(10),
    deduct(1, { action: 'x', key: 'a' }),
    deduct(1, { reference: 'x', key: 'a' }),
  ],
}

for (const [name, story] of Object.entries(stories)) test(name, () => compare(story))
