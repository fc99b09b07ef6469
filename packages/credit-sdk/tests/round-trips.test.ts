import { Kysely, PostgresDialect } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { createPool } from '../../dev-stack/create-pool.ts'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { countQueries } from '../testing/count-queries.ts'
import { type AnyTables, createPostgres, insertUser, type TestDatabase } from '../testing/databases.ts'

describe('on PostgreSQL', () => {
  let database: TestDatabase
  let db: Kysely<AnyTables>
  let engine: CreditsEngine
  let userId: string
  let counts: { sent: number }

  beforeAll(async () => {
    database = await createPostgres(inject('postgres'))
    await database.run(createMigration({ dialect: 'postgres' }).up)
    const pool = createPool({ connectionString: database.url })
    counts = countQueries(pool)
    db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool }) })
    const config = { costs: { act: { default: 10 } } }
    engine = new CreditsEngine({ storage: new KyselyAdapter({ db, dialect: 'postgres' }), config })
    userId = await insertUser(database, 'users', { credits: 25 })
    await engine.queryBalance(userId)
  })
  beforeEach(() => {
    counts.sent = 0
  })
  afterAll(async () => {
    await db?.destroy()
    await database?.drop()
  })

  const charge = () => engine.charge({ userId, action: 'act', idempotencyKey: 'k', metadata: { a: 1 } })

  test('a charge with key, ledger and audit log is one round trip', async () => {
    expect((await charge()).balanceAfter).toBe(15)
    expect(counts.sent).toBe(1)
  })

  test('a repeated key takes two', async () => {
    expect((await charge()).balanceAfter).toBe(15)
    expect(counts.sent).toBe(2)
  })

  test('a refused charge takes one, and one for the audit log', async () => {
    await expect(engine.charge({ userId, action: 'act', amount: 100 })).rejects.toThrow('needs 100 credits')
    expect(counts.sent).toBe(2)
  })

  test("in the caller's transaction, a charge adds one to begin and commit", async () => {
    await db.transaction().execute((txn) => engine.charge({ userId, action: 'act', txn }))
    expect(counts.sent).toBe(3)
  })
})
