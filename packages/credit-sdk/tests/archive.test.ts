import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { PrismaAdapter } from '../src/adapters/prisma/index.ts'
import { importUsers } from '../src/cli/import-users.ts'
import { CreditsEngine, type IStorageAdapter, MockAdapter } from '../src/index.ts'
import { createMigration, type MigrationDialect } from '../src/schema/index.ts'
import { createMariaDb, createPostgres, createSqlite, type TestDatabase } from '../testing/databases.ts'
import {
  createPrismaClient,
  type PrismaProvider,
  prismaFolder,
  readPrismaSchema,
} from '../testing/prisma-client.ts'

const mariadb = inject('mariadb')
const OLD = '2020-01-01T00:00:00.000Z'
const BEFORE = new Date('2021-01-01T00:00:00.000Z')

const databases: Record<MigrationDialect, { isHere: boolean; create: () => Promise<TestDatabase> }> = {
  postgres: { isHere: true, create: () => createPostgres(inject('postgres')) },
  mysql: { isHere: mariadb.url !== null, create: () => createMariaDb(mariadb.url ?? '') },
  sqlite: { isHere: true, create: createSqlite },
}
const providers: Record<MigrationDialect, [PrismaProvider, (url: string) => unknown]> = {
  postgres: ['postgresql', (url) => new PrismaPg({ connectionString: url, max: 25 })],
  mysql: ['mysql', (url) => new PrismaMariaDb(`${url}?connectionLimit=25`)],
  sqlite: ['sqlite', (url) => new PrismaLibSql({ url: `file:${url}` })],
}

/** The tables of an adapter, and how it is made. */
type Setup = {
  names: { users: string; ledger: string; archive: string; userId: string; createdAt: string }
  start(database: TestDatabase): Promise<{ storage: IStorageAdapter; stop?: () => Promise<void> }>
}
const kysely: Setup = {
  names: {
    ...{ users: 'users', ledger: 'transactions', archive: 'transactions_archive' },
    ...{ userId: 'user_id', createdAt: 'created_at' },
  },
  async start({ db, dialect, run }) {
    await run(createMigration({ dialect }).up)
    return { storage: new KyselyAdapter({ db, dialect }) }
  },
}
const prisma: Setup = {
  names: {
    ...{ users: 'User', ledger: 'Transaction', archive: 'TransactionArchive' },
    ...{ userId: 'userId', createdAt: 'createdAt' },
  },
  async start({ dialect, run, url }) {
    const [provider, connect] = providers[dialect]
    await run(
      readFileSync(join(prismaFolder(provider), 'migrations/20260101000000_credits/migration.sql'), 'utf8'),
    )
    const client = await createPrismaClient(`archive-${provider}`, readPrismaSchema(provider), connect(url))
    return { storage: new PrismaAdapter(client), stop: () => client.$disconnect() }
  },
}

const cases = Object.entries({ Kysely: kysely, Prisma: prisma }).flatMap(([adapter, setup]) =>
  Object.entries(databases).map(([dialect, database]) => ({ adapter, dialect, setup, ...database })),
)

for (const { adapter, dialect, setup, isHere, create } of cases) {
  describe.skipIf(!isHere)(`the archive of ${adapter} on ${dialect}`, () => {
    let database: TestDatabase
    let engine: CreditsEngine
    let stop: (() => Promise<void>) | undefined
    const { names } = setup
    const [users, ledger, archive] = [names.users, names.ledger, names.archive].map((name) => sql.table(name))
    const [userIdColumn, createdAt] = [sql.ref(names.userId), sql.ref(names.createdAt)]

    beforeAll(async () => {
      database = await create()
      const started = await setup.start(database)
      stop = started.stop
      const config = { costs: { act: { default: 10 } }, retry: { maxAttempts: 20 } }
      engine = new CreditsEngine({ storage: started.storage, config })
      for (const [id, credits] of [
        ['ada', 0],
        ['ben', 50],
        ['eve', 50],
        ['mia', 500],
      ] as const)
        await sql`insert into ${users} (id, credits) values (${id}, ${credits})`.execute(database.db)
    })
    afterAll(async () => {
      await stop?.()
      await database?.drop()
    })

    const charge = (userId: string) => engine.charge({ userId, action: 'act' })
    /** Makes everything old that is in the ledger. Rows of one time are in the order of their ids. */
    const age = () => {
      const old = dialect === 'mysql' ? OLD.replace('T', ' ').replace('Z', '') : OLD
      return sql`update ${ledger} set ${createdAt} = ${old}`.execute(database.db)
    }
    const amountsOf = async (userId: string) =>
      (await engine.getHistory(userId)).map(({ action, amount }) => [action, amount])
    async function archivedSum(userId: string): Promise<number[]> {
      const { rows } = await sql<{ rows: number; total: number }>`
        select count(*) as ${sql.ref('rows')}, sum(amount) as total from ${archive} where ${userIdColumn} = ${userId}`.execute(
        database.db,
      )
      return rows.flatMap((row) => [Number(row.rows), Number(row.total)])
    }

    test('moves old rows, and what is left adds up to the balance', async () => {
      await importUsers(engine, ['ada'], 100)
      const { transactionId } = await charge('ada')
      await charge('ben')
      await charge('eve')
      await age()
      await charge('ada')
      await sql`update ${users} set credits = credits + 5 where id = 'eve'`.execute(database.db)

      expect(await engine.archiveTransactions({ before: BEFORE })).toEqual({
        transactions: 3,
        users: 2,
        mismatches: [{ userId: 'eve', balance: 45, ledgerSum: 40 }],
      })
      expect(await amountsOf('ada')).toEqual([
        ['act', -10],
        ['opening-balance', 90],
      ])
      expect(await amountsOf('ben')).toEqual([['opening-balance', 40]])
      expect([await engine.queryBalance('ada'), await engine.queryBalance('ben')]).toEqual([80, 40])
      expect(await archivedSum('ada')).toEqual([2, 90])
      // Nothing of a user whose ledger does not add up was moved.
      expect(await amountsOf('eve')).toEqual([['act', -10]])
      expect(await archivedSum('eve')).toEqual([0, 0])
      const refund = { userId: 'ada', amount: 10, action: 'sorry', transactionId }
      await expect(engine.refund(refund)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
    })

    test('done again, it moves what became old since, and keeps one opening row', async () => {
      expect(await engine.archiveTransactions({ before: BEFORE })).toMatchObject({
        transactions: 0,
        users: 0,
      })
      await age()
      expect(await engine.archiveTransactions({ before: BEFORE })).toMatchObject({
        transactions: 1,
        users: 1,
      })
      expect(await amountsOf('ada')).toEqual([['opening-balance', 80]])
      expect(await archivedSum('ada')).toEqual([3, 80])
    })

    test('nobody gets the first credits again because their row is archived', async () => {
      expect(await importUsers(engine, ['ada', 'ben'], 100)).toEqual({ granted: 1, skipped: 1 })
      expect(await engine.queryBalance('ada')).toBe(80)
    })

    test('charges that run meanwhile lose nothing', async () => {
      for (let done = 0; done < 5; done += 1) await charge('mia')
      await age()
      const charges = Promise.all(Array.from({ length: 10 }, () => charge('mia')))
      await engine.archiveTransactions({ before: BEFORE })
      await charges
      const amounts = (await engine.getHistory('mia')).map(({ amount }) => amount)
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(350)
      expect(amounts).toHaveLength(11)
      expect(await engine.queryBalance('mia')).toBe(350)
    })
  })
}

test('a storage without an archive, and a date in the future, are refused', async () => {
  const engine = new CreditsEngine({ storage: new MockAdapter(), config: { costs: {} } })
  await expect(engine.archiveTransactions({ before: BEFORE })).rejects.toMatchObject({
    field: 'storage.archive',
  })
  const before = new Date(Date.now() + 60_000)
  await expect(engine.archiveTransactions({ before })).rejects.toMatchObject({ argument: 'before' })
})
