import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { createMigration } from '../src/schema/index.ts'
import {
  createMariaDb,
  createPostgres,
  createSqlite,
  insertUser,
  type TestDatabase,
} from '../testing/databases.ts'

const mariadb = inject('mariadb')
const databases: [string, boolean, () => Promise<TestDatabase>][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres'))],
  ['PostgreSQL, prepared', true, () => createPostgres(inject('postgres'), 30, { isPrepared: true })],
  [
    mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    mariadb.url !== null,
    () => createMariaDb(mariadb.url ?? ''),
  ],
  ['SQLite', true, createSqlite],
]

for (const [name, isHere, create] of databases) {
  describe.skipIf(!isHere)(`the Kysely adapter on ${name}`, () => {
    let database: TestDatabase

    beforeAll(async () => {
      database = await create()
    })
    afterAll(() => database?.drop())

    const time = (date: Date | null | undefined) =>
      database.dialect === 'sqlite' ? (date?.toISOString() ?? null) : (date ?? null)

    test('passes the conformance suite on the tables of the migration', async () => {
      const { db, dialect } = database
      await database.run(createMigration({ dialect }).up)
      const adapter = new KyselyAdapter({ db, dialect })
      const createUser = ({ credits, membershipTier = null, membershipExpiresAt }: ConformanceUser) =>
        insertUser(database, 'users', {
          credits: credits ?? 0,
          membership_tier: membershipTier,
          membership_expires_at: time(membershipExpiresAt),
        })
      const results = await conformance(adapter, { createUser })
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
    })

    test('passes it on a separate table, where the rows of most users are missing', async () => {
      const { db, dialect } = database
      const text = dialect === 'mysql' ? 'varchar(255)' : 'text'
      const mapping = {
        balances: { table: 'user_credits', id: 'user_id' },
        users: { table: 'people' },
        transactions: { table: 'separate_transactions' },
        auditLogs: { table: 'separate_audit_logs' },
        idempotencyRecords: { table: 'separate_keys' },
      }
      await database.run(`create table people (id ${text} primary key);`)
      await database.run(createMigration({ dialect, mapping }).up)
      const adapter = new KyselyAdapter({ db, dialect, mapping })
      const createUser = async ({ credits, membershipTier = null, membershipExpiresAt }: ConformanceUser) => {
        const id = await insertUser(database, 'people', {})
        if (credits === null) return id
        const values = { membership_tier: membershipTier, membership_expires_at: time(membershipExpiresAt) }
        const times =
          dialect === 'sqlite' ? { created_at: time(new Date()), updated_at: time(new Date()) } : {}
        await db
          .insertInto('user_credits')
          .values({ user_id: id, credits, ...values, ...times })
          .execute()
        return id
      }
      const results = await conformance(adapter, { createUser })
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
    })

    test('passes it on a legacy table with its own names and tier values, and NULL balances', async () => {
      const { db, dialect } = database
      const text = dialect === 'mysql' ? 'varchar(255)' : 'text'
      const date = { postgres: 'timestamptz', mysql: 'datetime(6)', sqlite: 'text' }[dialect]
      const q = dialect === 'mysql' ? '`' : '"'
      await database.run(
        `create table accounts (${q}accountId${q} ${text} primary key, ${q}tokenBalance${q} integer, subscription ${text}, ${q}subscriptionEndDate${q} ${date});`,
      )
      const mapping = {
        balances: {
          table: 'accounts',
          id: 'accountId',
          credits: 'tokenBalance',
          membershipTier: 'subscription',
          membershipExpiresAt: 'subscriptionEndDate',
          createdAt: null,
          updatedAt: null,
          tierValues: { FREE_PLAN: 'basic', PRO_PLAN: 'premium' },
        },
        transactions: { table: 'legacy_transactions' },
        auditLogs: { table: 'legacy_audit_logs' },
        idempotencyRecords: { table: 'legacy_keys' },
      }
      await database.run(createMigration({ dialect, mapping, isExistingTable: true }).up)
      const adapter = new KyselyAdapter({ db, dialect, mapping })
      const createUser = async ({ credits, membershipTier, membershipExpiresAt }: ConformanceUser) => {
        const id = crypto.randomUUID()
        const subscription = membershipTier === 'premium' ? 'PRO_PLAN' : null
        const values = { subscription, subscriptionEndDate: time(membershipExpiresAt) }
        await db
          .insertInto('accounts')
          .values({ accountId: id, tokenBalance: credits, ...values })
          .execute()
        return id
      }
      const results = await conformance(adapter, { createUser })
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
      const { rows } = await sql`select count(*) as n from accounts where subscription = 'PRO_PLAN'`.execute(
        db,
      )
      expect(rows).not.toEqual([])
    })
  })
}
