import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { importUsers } from '../../src/cli/import-users.ts'
import type { CreditsEngine } from '../../src/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import {
  compileSample,
  ledgerTables,
  loadSample,
  readSample,
  sampleTables,
} from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'complete-schema'
const USER = 'user-123'

describe('guides 001 and 002, the complete schema', () => {
  let database: TestDatabase
  let prisma: GeneratedClient
  let engine: CreditsEngine<object>

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    await database.run(sampleTables('postgresql'))
    await database.run(`insert into "User" (id) values ('${USER}')`)
    const sample = await loadSample(SAMPLE, 'credits.ts')
    prisma = sample.createClient(`${database.url}?schema=public`)
    engine = sample.createEngine(prisma)
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  test('serves PrismaAdapter', async () => {
    await engine.grant({ userId: USER, amount: 100, action: 'welcome' })
    const charge = await engine.charge({ userId: USER, action: 'generate-post', idempotencyKey: 'k' })
    expect(charge.balanceAfter).toBe(90)
  })

  test('has the queries of the guide, and its index serves the newest rows', async () => {
    const { listNewest, listPage, readMembership, takeOneCredit } = await loadSample(SAMPLE, 'queries.ts')
    expect(await takeOneCredit(prisma)).toBe(true)
    expect((await listNewest(prisma)).map(({ amount }: { amount: number }) => amount)).toEqual([-1, -10, 100])
    expect(await listPage(prisma)).toHaveLength(3)
    expect(await readMembership(prisma)).toEqual({ credits: 89, membershipTier: null })
    const plan = await database.db.transaction().execute(async (txn) => {
      await sql`set local enable_seqscan = off`.execute(txn)
      return sql`explain select * from "Transaction" where "userId" = ${USER} order by "createdAt" desc limit 10`.execute(
        txn,
      )
    })
    expect(JSON.stringify(plan.rows)).toContain('Transaction_userId_createdAt_idx')
  })

  test('cleans expired keys up, and is scheduled', async () => {
    const { cleanupExpiredIdempotency, scheduleCleanup } = await loadSample(SAMPLE, 'cleanup.ts')
    await database.run(
      `insert into "IdempotencyRecord" values ('old', '{}', now() - interval '2 days', now() - interval '1 day')`,
    )
    expect(await cleanupExpiredIdempotency(prisma)).toBe(1)
    expect(await cleanupExpiredIdempotency(prisma)).toBe(0)
    const task = scheduleCleanup(prisma)
    expect(task.getNextRun()).toBeInstanceOf(Date)
    await task.execute()
    await task.destroy()
  })

  test('archives old rows', async () => {
    const { archiveOldTransactions } = await loadSample(SAMPLE, 'archive.ts')
    await database.run(
      `update "Transaction" set "createdAt" = now() - interval '7 months' where action = 'welcome'`,
    )
    expect(await archiveOldTransactions(engine)).toEqual({ transactions: 1, users: 1, mismatches: [] })
    const history = await engine.getHistory(USER)
    expect(history.map(({ action, amount }) => [action, amount])).toEqual([
      ['by-hand', -1],
      ['generate-post', -10],
      ['opening-balance', 100],
    ])
  })

  test('tells slow queries', async () => {
    const { createLoggingClient } = await loadSample(SAMPLE, 'monitoring.ts')
    const warnings: unknown[] = []
    const client = createLoggingClient(database.url, 1_000, (_: string, query: unknown) =>
      warnings.push(query),
    )
    // The first query of a client waits for its connection, which counts as its own time.
    await client.$connect()
    await client.$queryRawUnsafe('select 1')
    warnings.length = 0
    await client.$queryRawUnsafe('select 1')
    await client.$queryRawUnsafe('select cast(pg_sleep(1.1) as text)')
    await client.$disconnect()
    expect(warnings).toMatchObject([{ query: expect.stringContaining('pg_sleep') }])
  })

  test('can be added to users who were there before', async () => {
    const other = await createPostgres(inject('postgres'))
    await other.run(`create table "User" (id text primary key, "createdAt" timestamp(3) default now(), "updatedAt" timestamp(3) default now());
      insert into "User" values ('old');`)
    await other.run(readSample(SAMPLE, 'add-credits.sql'))
    await other.run(ledgerTables('postgresql'))
    const { createClient, createEngine } = await loadSample(SAMPLE, 'credits.ts')
    const client = createClient(other.url)
    const otherEngine = createEngine(client)
    await importUsers(otherEngine, ['old'], 100)
    await importUsers(otherEngine, ['old'], 100)
    expect(await otherEngine.queryBalance('old')).toBe(100)
    await client.$disconnect()
    await other.drop()
  })
})
