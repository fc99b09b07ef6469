import fc from 'fast-check'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { mixLedger } from './ledger-mix.ts'

let engine: Engine
let admin: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  admin = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await admin.end()
  await engine.close()
})

// Clocks are set back around these days: in Havana at one in the morning, so that midnight comes twice.
const STORY_BEGINS = Date.parse('2026-10-20T00:00:00Z')
const ZONES = [
  'UTC',
  'Asia/Kolkata',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]
const ACTIONS = ['summarize', 'draw', null]
const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

type Charge = { action: string | null; at: number; amount: number }
type Entry = { type: 'deduction' | 'refund' | 'purchase'; amount: number; at: number; of?: number }
type Story = { charges: Charge[]; entries: Entry[] }

/** Charges at odd times, some given back in part or whole minutes or days later, with purchases in between. */
const stories: fc.Arbitrary<Story> = fc
  .array(
    fc.record({
      action: fc.constantFrom(...ACTIONS),
      minute: fc.integer({ min: 0, max: 20 * 1_440 }),
      amount: fc.integer({ min: 1, max: 9 }),
      refund: fc.option(
        fc.record({ part: fc.integer({ min: 1, max: 9 }), after: fc.integer({ min: 1, max: 5_000 }) }),
      ),
    }),
    { maxLength: 25 },
  )
  .map((told) => {
    const charges = told.map(({ action, minute, amount }) => ({
      ...{ action, amount, at: STORY_BEGINS + minute * MINUTE_MS },
    }))
    const entries = told.flatMap(({ amount, refund }, of): Entry[] => {
      const at = charges[of]?.at ?? 0
      const entry: Entry = { type: 'deduction', amount: -amount, at, of }
      if (!refund) return [entry]
      const back = Math.min(refund.part, amount)
      return [entry, { type: 'refund', amount: back, at: at + refund.after * MINUTE_MS, of }]
    })
    const bought = [3, 12].map(
      (day) => ({ type: 'purchase', amount: 50, at: STORY_BEGINS + day * DAY_MS }) as const,
    )
    return { charges, entries: [...entries, ...bought].sort((a, b) => a.at - b.at) }
  })

/** Writes the story into a wallet of its own, past the ledger's guard, which lets nobody choose the time of a row. */
async function tell({ charges, entries }: Story): Promise<string> {
  const userId = await engine.createUser({ balance: 1 })
  const ids = new Map<number | undefined, number>()
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    for (const [index, { type, amount, at, of }] of entries.entries()) {
      const [row] = await sql<{ id: number }[]>`
        insert into public.credit_transactions
          (user_id, credit_type, seq, type, amount, balance_before, balance_after, action, reverses, created_at)
        values (
          ${userId}, 'general', ${index + 2}, ${type}, ${amount}, 1000, ${1000 + amount},
          ${type === 'deduction' ? (charges[of ?? 0]?.action ?? null) : null},
          ${type === 'refund' ? (ids.get(of) ?? null) : null}, ${new Date(at)}
        )
        returning id::int`
      if (type === 'deduction') ids.set(of, row?.id ?? 0)
    }
    await sql`
      update public.credit_transactions set created_at = ${new Date(STORY_BEGINS - DAY_MS)}
      where user_id = ${userId} and seq = 1`
    await sql`update public.credits set version = ${entries.length + 1} where user_id = ${userId}`
  })
  return userId
}

type Usage = {
  used: number
  used_before: number
  average_per_day: number | null
  days: { day: string; action: string | null; used: number; count: number }[]
}

async function readUsage(userId: string, days: number, zone: string, lastDay: string): Promise<Usage> {
  const [row] = await engine.server<{ usage: Usage }[]>`
    select usage_by_day(${userId}, 'general', ${days}, ${zone}, ${lastDay}::date) as usage`
  if (!row) throw new Error('There is no usage.')
  return row.usage
}

/** The day before or after a day, as calendars count. */
const shift = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The same, added up row by row. */
function addUp({ charges, entries }: Story, days: number, zone: string, lastDay: string): Usage {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone })
  const first = shift(lastDay, 1 - days)
  const before = shift(first, -days)
  const sums = new Map<string, Usage['days'][number]>()
  for (const { type, amount, of } of entries) {
    const charge = charges[of ?? -1]
    if (!charge) continue
    const day = calendar.format(charge.at)
    const key = `${day} ${charge.action}`
    const sum = sums.get(key) ?? { day, action: charge.action, used: 0, count: 0 }
    sums.set(key, { ...sum, used: sum.used - amount, count: sum.count + (type === 'deduction' ? 1 : 0) })
  }
  const total = (rows: Usage['days']) => rows.reduce((sum, { used }) => sum + used, 0)
  const all = [...sums.values()]
  const inside = all.filter(({ day }) => day >= first && day <= lastDay)
  const start = inside.map(({ day }) => day).sort()[0]
  const daysInUse = start && (Date.parse(lastDay) - Date.parse(start)) / DAY_MS + 1
  return {
    used: total(inside),
    used_before: total(all.filter(({ day }) => day >= before && day < first)),
    average_per_day: daysInUse ? Math.round((total(inside) / daysInUse) * 100) / 100 : null,
    days: inside,
  }
}

const inOrder = (rows: Usage['days']) =>
  rows.map(({ day, action, used, count }) => `${day} ${action} ${used} ${count}`).sort()

test('usage by day is what the ledger adds up to, in any zone, a refund on the day of its charge', async () => {
  await fc.assert(
    fc.asyncProperty(
      stories,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: -2, max: 24 }),
      async (story, zone, days, last) => {
        const lastDay = shift('2026-10-20', last)
        const usage = await readUsage(await tell(story), days, zone, lastDay)
        const expected = addUp(story, days, zone, lastDay)
        expect(inOrder(usage.days)).toEqual(inOrder(expected.days))
        expect(usage.used).toBe(expected.used)
        expect(usage.used_before).toBe(expected.used_before)
        if (expected.average_per_day === null) expect(usage.average_per_day).toBeNull()
        else expect(usage.average_per_day).toBeCloseTo(expected.average_per_day, 1)
        // Days never go below nothing, whenever the credits came back.
        expect(usage.days.every(({ used }) => used >= 0)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('the hour that comes twice in Havana belongs to its day both times', async () => {
  const at = (time: string) => Date.parse(time)
  // 00:30 of November 1, before and after the clock is set back.
  const charges = ['2026-11-01T04:30:00Z', '2026-11-01T05:30:00Z'].map((time) => ({
    ...{ action: 'draw', at: at(time), amount: 1 },
  }))
  const entries = charges.map((charge, of): Entry => ({ type: 'deduction', amount: -1, at: charge.at, of }))
  const userId = await tell({ charges, entries })
  expect(await readUsage(userId, 1, 'America/Havana', '2026-11-01')).toMatchObject({
    ...{ used: 2, days: [{ day: '2026-11-01', count: 2 }] },
  })
  expect(await readUsage(userId, 1, 'America/Havana', '2026-11-02')).toMatchObject({
    used: 0,
    used_before: 2,
  })
})

describe('what it cannot answer is refused', () => {
  test.each([
    ['+05:30', 'A time zone is named'],
    ["UTC'; drop table credits", 'A time zone is named'],
    ['Mars/Olympus', 'time zone "Mars/Olympus" not recognized'],
    ['', 'A time zone is named'],
  ])('the zone %s', async (zone, message) => {
    const userId = await engine.createUser({ balance: 1 })
    await expect(readUsage(userId, 7, zone, '2026-11-01')).rejects.toMatchObject({
      ...{ code: '22023', message: expect.stringContaining(message) },
    })
  })

  test.each([0, -1, 367, 2_147_483_647])('%d days', async (days) => {
    const userId = await engine.createUser({ balance: 1 })
    await expect(readUsage(userId, days, 'UTC', '2026-11-01')).rejects.toMatchObject({ code: '22023' })
  })
})

type Parts = { balance: number; used: number; parts: Record<string, number> }

async function readParts(userId: string): Promise<Parts | null> {
  const [row] = await engine.server<{ parts: Parts | null }[]>`
    select balance_parts(${userId}, 'general') as parts`
  return row?.parts ?? null
}

const sumOf = ({ used, parts }: Parts) => Object.values(parts).reduce((sum, part) => sum + part, 0) - used

test('the parts of a balance add up to it, after one of everything that can happen to a wallet', async () => {
  const userId = await engine.createUser({ balance: 200 })
  await mixLedger(engine, userId)
  const parts = await readParts(userId)
  if (!parts) throw new Error('There is no wallet.')
  const { balance } = await engine.wallet(userId)
  expect(sumOf(parts)).toBe(balance)
  expect(parts.balance).toBe(balance)
  const sums = await engine.owner<{ type: string; credits: number }[]>`
    select type, sum(amount)::int as credits from credit_transactions
    where user_id = ${userId} and type not in ('deduction', 'refund') group by type having sum(amount) <> 0`
  expect(parts.parts).toEqual(Object.fromEntries(sums.map(({ type, credits }) => [type, credits])))
})

test('credits whose time has come are expired ones, though nothing has swept them', async () => {
  const userId = await engine.createUser({ balance: 5 })
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  await engine.call('add_credits', { p_user_id: userId, p_amount: 10, p_expires_at: inAnHour })
  await engine.owner`
    update credit_grants set expires_at = expires_at - interval '1 hour' where user_id = ${userId}`
  expect(await readParts(userId)).toEqual({ balance: 5, used: 0, parts: { purchase: 15, expiry: -10 } })
})

test('nobody learns the usage or the balance of somebody else', async () => {
  const userId = await engine.createUser({ balance: 9 })
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 4 })
  const stranger = await engine.createUser({ balance: 1 })
  await engine.owner.begin(async (sql) => {
    await sql`select set_config('request.jwt.claims', ${JSON.stringify({ sub: stranger })}, true)`
    await sql`set local role authenticated`
    const [row] = await sql`
      select usage_by_day(${userId}, 'general', 7) as usage, balance_parts(${userId}, 'general') as parts`
    expect(row).toMatchObject({ usage: { used: 0, days: [] }, parts: null })
  })
})
