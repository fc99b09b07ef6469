import { CreditsEngine, CreditsSDKError, type ILogAdapter, type IStorageAdapter } from '../src/index.ts'
import { findViolations, type StormLedger } from './storm-ledger.ts'

/** What a storm runs on: an adapter, and the database behind it. */
export type StormSubject<Txn> = {
  storage: IStorageAdapter<Txn>
  /** Two tiers that the storage can hold, the lower one first. */
  tiers: readonly [string, string]
  createUser(credits: number): Promise<string>
  readLedger(): Promise<StormLedger>
  /** Ends a connection that is at work; undefined where there is none to end. */
  cut?: () => Promise<void>
}

export type StormOptions = {
  operations: number
  /** How many run at once. */
  concurrency: number
  seed: number
}

export type StormReport = {
  succeeded: number
  refused: number
  /** Failed with an error of the database. What they did is only known from the ledger. */
  lost: number
  cuts: number
  seconds: number
  violations: string[]
}

const USERS = 12
const OPENING = 200
const CUT_EVERY = 150

class Undo extends Error {}

/**
 * Mixed operations at once: charges, grants, refunds, tier changes, repeated keys, transactions of the caller that are
 * committed or rolled back, keys being cleaned up, and connections cut. Then the ledger is held against what was
 * returned.
 */
export async function runStorm<Txn>(
  { storage, tiers, createUser, readLedger, cut }: StormSubject<Txn>,
  { operations, concurrency, seed }: StormOptions,
): Promise<StormReport> {
  const [lower, higher] = tiers
  const report: StormReport = { succeeded: 0, refused: 0, lost: 0, cuts: 0, seconds: 0, violations: [] }
  const engine = new CreditsEngine({
    storage,
    config: {
      costs: { act: { default: 10, [higher]: 5 }, measured: { default: '{n} * 1.5' } },
      membership: { tiers: { [lower]: 1, [higher]: 2 }, creditsCaps: { [lower]: 150, [higher]: 300 } },
      retry: { maxAttempts: 12, initialDelay: 5 },
    },
    logger: conflictLogger(report.violations),
  })
  const random = createRandom(seed)
  const users: string[] = []
  for (let index = 0; index < USERS; index += 1) users.push(await createUser(OPENING))
  const kept = new Map<string, number>()
  const undone: string[] = []
  const results = new Map<string, string>()
  const charges: { userId: string; id: string }[] = []

  /** A repeated key must get the first result. */
  function remember(key: string | undefined, transactionId: string, amount: number): void {
    kept.set(transactionId, amount)
    if (key === undefined) return
    const first = results.get(key) ?? transactionId
    if (first !== transactionId)
      report.violations.push(`${key} has the results ${first} and ${transactionId}`)
    results.set(key, first)
  }

  async function perform(step: number): Promise<void> {
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
    const userId = pick(users) ?? ''
    const kind = random()
    // Keys repeat among operations that run at once, and long after.
    const keyStep = random() < 0.5 ? step : Math.max(0, step - Math.floor(random() * 300))
    const idempotencyKey = random() < 0.6 ? `k${Math.floor(keyStep / 16)}` : undefined
    const key = idempotencyKey && `${userId} ${idempotencyKey}`
    if (kind < 0.45) {
      const { transactionId, cost } = await engine.charge({ userId, action: 'act', idempotencyKey })
      remember(key, transactionId, -cost)
      charges.push({ userId, id: transactionId })
    } else if (kind < 0.55) {
      const variables = { n: 1 + Math.floor(random() * 20) }
      const { transactionId, cost } = await engine.charge({ userId, action: 'measured', variables })
      kept.set(transactionId, -cost)
    } else if (kind < 0.75) {
      const giftKey = idempotencyKey && `${idempotencyKey} gift`
      const grant = await engine.grant({ userId, amount: 8, action: 'gift', idempotencyKey: giftKey })
      remember(giftKey && `${userId} ${giftKey}`, grant.transactionId, grant.amount)
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
      const change =
        random() < 0.5
          ? await engine.upgradeTier({ userId, targetTier: higher })
          : await engine.downgradeTier({ userId, targetTier: lower })
      // Livebalance has no row of 0 credits.
      if (change.transactionId !== '') kept.set(change.transactionId, change.creditsDelta)
    } else if (kind < 0.98) await performInTransaction(userId, random() < 0.5)
    else await engine.deleteExpiredKeys()
    if (cut && step % CUT_EVERY === CUT_EVERY - 1) {
      report.cuts += 1
      await cut()
    }
  }

  async function performInTransaction(userId: string, isUndone: boolean): Promise<void> {
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
  }

  let next = 0
  const worker = async () => {
    while (next < operations) {
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
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  report.seconds = Math.round((performance.now() - startedAt) / 1000)
  report.violations.push(...findViolations(await readLedger(), { users, opening: OPENING, kept, undone }))
  return report
}

/** A lock that did not hold is noticed by the engine, which tries again: no answer tells of it. */
function conflictLogger(violations: string[]): ILogAdapter {
  const ignore = () => {}
  return {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (_, { error } = {}) => {
      if (String(error).startsWith('StorageConflictError')) violations.push(String(error))
    },
  }
}

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
