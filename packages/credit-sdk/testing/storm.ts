import { sql } from 'kysely'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine, CreditsSDKError } from '../src/index.ts'
import { insertUser, type TestDatabase } from './databases.ts'

export type StormOptions = {
  operations: number
  /** How many run at once. */
  concurrency: number
  seed: number
  /** Ends a connection that is at work; undefined where there is none to end. */
  cut?: () => Promise<void>
}

export type StormReport = {
  succeeded: number
  refused: number
  lost: number
  cuts: number
  violations: string[]
}

const USERS = 12
const OPENING = 200

class Undo extends Error {}

/**
 * Mixed operations at once: charges, grants, refunds, tier changes, repeated keys, transactions of the caller that are
 * committed or rolled back, keys being cleaned up, and connections cut. Then the ledger is held against what was
 * returned.
 */
export async function runStorm(database: TestDatabase, options: StormOptions): Promise<StormReport> {
  const { db, dialect } = database
  const storage = new KyselyAdapter({ db, dialect })
  const engine = new CreditsEngine({
    storage,
    config: {
      costs: { act: { default: 10, premium: 5 }, measured: { default: '{n} * 1.5' } },
      membership: { tiers: { basic: 1, premium: 2 }, creditsCaps: { basic: 150, premium: 300 } },
      retry: { maxAttempts: 12, initialDelay: 5 },
    },
  })
  const random = createRandom(options.seed)
  const users: string[] = []
  for (let index = 0; index < USERS; index += 1)
    users.push(await insertUser(database, 'users', { credits: OPENING }))
  const kept = new Map<string, number>()
  const undone: string[] = []
  const charges: { userId: string; id: string }[] = []
  const report: StormReport = { succeeded: 0, refused: 0, lost: 0, cuts: 0, violations: [] }

  async function perform(step: number): Promise<void> {
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
    const userId = pick(users) ?? ''
    const kind = random()
    const idempotencyKey = random() < 0.6 ? `k${Math.floor(random() * options.operations * 0.5)}` : undefined
    const charge = { userId, action: 'act', idempotencyKey }
    if (kind < 0.45) {
      const { transactionId, cost } = await engine.charge(charge)
      kept.set(transactionId, -cost)
      charges.push({ userId, id: transactionId })
    } else if (kind < 0.55) {
      const variables = { n: 1 + Math.floor(random() * 20) }
      const { transactionId, cost } = await engine.charge({ userId, action: 'measured', variables })
      kept.set(transactionId, -cost)
    } else if (kind < 0.75) {
      const grant = await engine.grant({ userId, amount: 8, action: 'gift', idempotencyKey })
      kept.set(grant.transactionId, grant.amount)
    } else if (kind < 0.85) {
      const charged = pick(charges)
      if (!charged) return
      const { transactionId, amount } = await engine.refund({
        userId: charged.userId,
        amount: 3,
        action: 'sorry',
        transactionId: charged.id,
      })
      kept.set(transactionId, amount)
    } else if (kind < 0.9) {
      const isUp = random() < 0.5
      const change = isUp
        ? await engine.upgradeTier({ userId, targetTier: 'premium' })
        : await engine.downgradeTier({ userId, targetTier: 'basic' })
      kept.set(change.transactionId, change.creditsDelta)
    } else if (kind < 0.98) {
      const isUndone = random() < 0.5
      const ids: [string, number][] = []
      try {
        await storage.transaction(async (txn) => {
          const first = await engine.charge({ userId, action: 'act', txn })
          const second = await engine.grant({ userId, amount: 2, action: 'gift', txn })
          ids.push([first.transactionId, -first.cost], [second.transactionId, 2])
          if (isUndone) throw new Undo()
        })
        for (const [id, amount] of ids) kept.set(id, amount)
      } catch (error) {
        if (!(error instanceof Undo)) throw error
        undone.push(...ids.map(([id]) => id))
      }
    } else await engine.deleteExpiredKeys()
    if (options.cut && step % 150 === 149) {
      report.cuts += 1
      await options.cut()
    }
  }

  let next = 0
  const worker = async () => {
    while (next < options.operations) {
      const step = next++
      try {
        await perform(step)
        report.succeeded += 1
      } catch (error) {
        // A refusal changed nothing. After a lost connection nobody knows, and only the ledger tells.
        if (error instanceof CreditsSDKError) report.refused += 1
        else report.lost += 1
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, worker))
  report.violations.push(...(await findViolations(database, users, kept, undone)))
  return report
}

async function findViolations(
  { db }: TestDatabase,
  users: readonly string[],
  kept: ReadonlyMap<string, number>,
  undone: readonly string[],
): Promise<string[]> {
  const violations: string[] = []
  const { rows: balances } = await sql<Row>`select id, credits from users`.execute(db)
  const { rows } = await sql<Row>`
    select id, user_id, amount, balance_before, balance_after, refund_of from transactions
    order by created_at, id`.execute(db)
  const byId = new Map(rows.map((row) => [String(row.id), row]))
  const refunded = new Map<string, number>()
  for (const userId of users) {
    let balance = OPENING
    for (const row of rows.filter(({ user_id }) => user_id === userId)) {
      if (Number(row.balance_before) !== balance)
        violations.push(`the ledger of ${userId} does not chain at ${row.id}`)
      balance = Number(row.balance_after)
      if (balance < 0) violations.push(`the balance of ${userId} was ${balance}`)
    }
    const current = Number(balances.find(({ id }) => id === userId)?.credits)
    if (current !== balance)
      violations.push(`the balance of ${userId} is ${current}, its ledger ends at ${balance}`)
  }
  for (const row of rows) {
    if (row.refund_of === null) continue
    const charge = String(row.refund_of)
    const sum = (refunded.get(charge) ?? 0) + Number(row.amount)
    refunded.set(charge, sum)
    if (sum > -Number(byId.get(charge)?.amount)) violations.push(`${charge} was refunded with ${sum}`)
  }
  for (const [id, amount] of kept)
    if (Number(byId.get(id)?.amount) !== amount)
      violations.push(`${id} was returned, and its row is not there`)
  for (const id of undone) if (byId.has(id)) violations.push(`${id} was rolled back, and its row is there`)
  const { rows: keys } = await sql<Row>`select * from idempotency_records`.execute(db)
  for (const { key, result } of keys) {
    const stored = typeof result === 'string' ? JSON.parse(result) : result
    if (!byId.has(String(Reflect.get(Object(stored).result, 'transactionId'))))
      violations.push(`the key ${key} has a result without a row`)
  }
  return violations
}

type Row = Record<string, unknown>

/** A small seeded generator (mulberry32), so that a storm can be had again. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
