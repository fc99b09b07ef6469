import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ConformanceUser } from '../src/conformance/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { createPostgres, insertConformanceUser, type TestDatabase } from '../testing/databases.ts'
import { mutateSource, type SourceChange } from '../testing/mutate-source.ts'
import { subjectOf } from '../testing/storm-subjects.ts'

const STEPS = 'engine/steps.ts'
const LOCK = 'await storage.updateUserCredits(userId, 0, txn)'
const mutants: [name: string, changes: SourceChange[]][] = [
  [
    'no floor',
    [
      [STEPS, 'if (begun.credits < cost) return', 'if (cost < 0) return'],
      [STEPS, "{ floor: 0, kind: 'charge' }", "{ kind: 'charge' }"],
    ],
  ],
  [
    'no floor in the statement of the adapter',
    [['adapters/sql/balances.ts', 'floor === undefined ? sql', 'true ? sql']],
  ],
  ['no lock', [[STEPS, LOCK, 'await storage.getUserById(userId, txn)']]],
  [
    'a key looked up outside of the transaction',
    [
      [
        STEPS,
        'storage.getIdempotencyRecord(keyClaim.key, txn)',
        'storage.getIdempotencyRecord(keyClaim.key)',
      ],
    ],
  ],
  [
    'a key looked up before the lock',
    [
      [STEPS, `  const user = ${LOCK}\n`, ''],
      [
        STEPS,
        'storage.getIdempotencyRecord(keyClaim.key, txn))\n',
        `storage.getIdempotencyRecord(keyClaim.key, txn))\n  const user = ${LOCK}\n`,
      ],
      [STEPS, "  if (!user) return { status: 'user-not-found' }\n", ''],
      [
        STEPS,
        'return record && record',
        "if (!user) return { status: 'user-not-found' }\n  return record && record",
      ],
    ],
  ],
  [
    'a key stored outside of the transaction',
    [[STEPS, 'createdAt: now, expiresAt },\n    txn,', 'createdAt: now, expiresAt },']],
  ],
  [
    'a ledger row written outside of the transaction',
    [
      [
        STEPS,
        'storage.createTransaction({ userId, action, kind, ...entry }, txn)',
        'storage.createTransaction({ userId, action, kind, ...entry })',
      ],
    ],
  ],
]

describe('of the source of the engine, the conformance suite or a storm finds', () => {
  let database: TestDatabase

  beforeAll(async () => {
    // Some need two connections at once, and would wait for each other.
    database = await createPostgres(inject('postgres'), 150)
    const { up } = createMigration({ dialect: 'postgres' })
    // Nothing but the source shall hold a balance above 0. Foreign keys would make some wait for themselves.
    await database.run(
      up.replaceAll('references users (id) on delete cascade', '').replace('check (credits >= 0)', ''),
    )
  })
  afterAll(() => database?.drop())

  const createUser = (user: ConformanceUser) => insertConformanceUser(database, user)

  /** What the suite and a short storm say about the source with these changes. Some of them wait for ever. */
  async function judge(name: string, changes: readonly SourceChange[], timeout?: number) {
    const { conformance, kysely, storm } = await mutateSource(name, changes)
    await database.run('truncate users, transactions, audit_logs, idempotency_records')
    /** The engine goes step by step, as with every adapter without `applyCharge`. */
    class StepByStep extends kysely.KyselyAdapter<unknown> {
      override readonly applyCharge = undefined
    }
    const adapter = new StepByStep({ db: database.db, dialect: 'postgres' })
    const results = await conformance.conformance(adapter, { createUser, timeout })
    const { cut: _, ...calm } = subjectOf(database, adapter)
    const { violations } = await storm.runStorm(calm, { operations: 1000, concurrency: 16, seed: 7 })
    return {
      failed: results.filter(({ status }) => status === 'failed').map((result) => result.name),
      violations,
    }
  }

  test('nothing in the source as it is', async () => {
    expect(await judge('as it is', [])).toEqual({ failed: [], violations: [] })
  })

  test.each(mutants)('%s', async (name, changes) => {
    const { failed, violations } = await judge(name, changes, 5_000)
    if (process.env.SDK_MUTANTS) console.log(name, failed, violations.slice(0, 3), violations.length)
    expect(failed.length + violations.length).toBeGreaterThan(0)
  })
})
