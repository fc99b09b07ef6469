import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import * as mysqlSchema from '../drizzle/mysql.ts'
import * as postgresSchema from '../drizzle/postgres.ts'
import * as sqliteSchema from '../drizzle/sqlite.ts'
import { creditMapping, DrizzleAdapter } from '../src/adapters/drizzle/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { CreditsEngine } from '../src/index.ts'
import {
  createMariaDb,
  createPostgres,
  createSqlite,
  insertUser,
  type TestDatabase,
} from '../testing/databases.ts'
import { connectDrizzle, type DrizzleClient } from '../testing/drizzle-databases.ts'
import { createTables } from '../testing/drizzle-tables.ts'

const mariadb = inject('mariadb')
const schemas = { postgres: postgresSchema, mysql: mysqlSchema, sqlite: sqliteSchema }
type Case = { name: string; isHere?: boolean; create: () => Promise<TestDatabase>; isSynchronous?: boolean }
const cases: Case[] = [
  { name: 'PostgreSQL', create: () => createPostgres(inject('postgres')) },
  {
    name: mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    isHere: mariadb.url !== null,
    create: () => createMariaDb(mariadb.url ?? ''),
  },
  { name: 'SQLite by libSQL', create: createSqlite },
  { name: 'SQLite by better-sqlite3', create: createSqlite, isSynchronous: true },
]

for (const { name, isHere = true, create, isSynchronous } of cases) {
  describe.skipIf(!isHere)(`the Drizzle adapter on ${name}`, () => {
    let database: TestDatabase
    let client: DrizzleClient
    let lastId = 0

    beforeAll(async () => {
      database = await create()
      await database.run(createTables(schemas[database.dialect]))
      client = connectDrizzle(database, { isSynchronous })
    })
    afterAll(async () => {
      await client?.close()
      await database?.drop()
    })

    const adapterFor = (creditType: string) =>
      new DrizzleAdapter({
        db: client.db,
        dialect: database.dialect,
        mapping: creditMapping(creditType),
      })
    const engineFor = (creditType: string) =>
      new CreditsEngine({ storage: adapterFor(creditType), config: { costs: { act: { default: 10 } } } })

    async function createUser({
      credits,
      membershipTier = null,
      membershipExpiresAt = null,
    }: ConformanceUser) {
      lastId += 1
      const id = String(lastId)
      await insertUser(database, 'users', { id })
      if (credits !== null) {
        const ends = database.dialect === 'sqlite' ? membershipExpiresAt?.toISOString() : membershipExpiresAt
        const row = { user_id: id, credit_type: 'general', balance: credits, membership_tier: membershipTier }
        await database.db
          .insertInto('user_credits')
          .values({ ...row, membership_expires_at: ends ?? null })
          .execute()
      }
      return id
    }

    test('passes the conformance suite on the tables of its schema', async () => {
      const results = await conformance(adapterFor('general'), { createUser, unknownUserId: '0' })
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
    })

    test('keeps two kinds of credits of one user apart, under one key, too', async () => {
      const userId = await createUser({ credits: null })
      const [calling, enrichment] = [engineFor('calling'), engineFor('enrichment')]
      await calling.grant({ userId, amount: 30, action: 'bought', idempotencyKey: 'k' })
      await enrichment.grant({ userId, amount: 30, action: 'bought', idempotencyKey: 'k' })
      await calling.charge({ userId, action: 'act', idempotencyKey: 'lead-1' })
      await enrichment.charge({ userId, action: 'act', amount: 25, idempotencyKey: 'lead-1' })
      expect([await calling.queryBalance(userId), await enrichment.queryBalance(userId)]).toEqual([20, 5])
      expect(await calling.getHistory(userId)).toMatchObject([{ amount: -10 }, { amount: 30 }])
    })

    test('keeps the totals, and what a row is and refers to', async () => {
      const userId = await createUser({ credits: null })
      const engine = engineFor('scraping')
      await engine.grant({ userId, amount: 100, action: 'bought' })
      const metadata = { description: 'Enriched 10 leads', referenceId: '123', referenceType: 'lead_list' }
      const { transactionId } = await engine.charge({ userId, action: 'act', amount: 40, metadata })
      await engine.refund({ userId, amount: 15, action: 'sorry', transactionId })
      const { db } = database
      const [balance] = await db
        .selectFrom('user_credits')
        .selectAll()
        .where('user_id', '=', userId)
        .execute()
      expect([balance?.balance, balance?.total_purchased, balance?.total_used].map(Number)).toEqual([
        75, 100, 25,
      ])
      const rows = await db
        .selectFrom('credit_transactions')
        .selectAll()
        .where('user_id', '=', userId)
        .execute()
      const charge = rows.find(({ id }) => id === transactionId)
      expect(charge).toMatchObject({
        transaction_type: 'usage',
        credit_type: 'scraping',
        description: 'Enriched 10 leads',
        reference_id: '123',
        reference_type: 'lead_list',
      })
      expect(rows.map((row) => row.transaction_type).sort()).toEqual(['purchase', 'refund', 'usage'])
    })

    test('archives old rows into the table of its schema', async () => {
      const userId = await createUser({ credits: null })
      const engine = engineFor('archived')
      await engine.grant({ userId, amount: 30, action: 'bought' })
      await engine.charge({ userId, action: 'act' })
      const soon = new Date(Date.now() + 60_000)
      const later = new CreditsEngine({
        storage: adapterFor('archived'),
        config: { costs: {} },
        now: () => soon,
      })
      await later.archiveTransactions({ before: soon })
      expect(await engine.getHistory(userId)).toMatchObject([
        { balanceBefore: 0, amount: 20, balanceAfter: 20 },
      ])
      const archived = database.db.selectFrom('credit_transactions_archive').selectAll()
      expect(await archived.where('user_id', '=', userId).execute()).toHaveLength(2)
      expect(await engine.queryBalance(userId)).toBe(20)
    })

    test.skipIf(isSynchronous)("commits and rolls back with the caller's own transaction", async () => {
      const userId = await createUser({ credits: 100 })
      const engine = engineFor('general')
      const work = client.db.transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', txn })
        throw new Error('the post could not be saved')
      })
      await expect(work).rejects.toThrow('the post could not be saved')
      expect(await engine.queryBalance(userId)).toBe(100)
      await client.db.transaction(async (txn) => void (await engine.charge({ userId, action: 'act', txn })))
      expect(await engine.queryBalance(userId)).toBe(90)
    })
  })
}
