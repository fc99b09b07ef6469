import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { PrismaAdapter } from '../src/adapters/prisma/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMariaDb, createPostgres, createSqlite, type TestDatabase } from '../testing/databases.ts'
import {
  createPrismaClient,
  type GeneratedClient,
  generatePrismaClient,
  type PrismaProvider,
  prismaFolder,
  readPrismaSchema,
} from '../testing/prisma-client.ts'

const mariadb = inject('mariadb')
type Case = {
  name: string
  provider: PrismaProvider
  isHere: boolean
  create: () => Promise<TestDatabase>
  connect: (database: TestDatabase) => unknown
}
const cases: Case[] = [
  {
    name: 'PostgreSQL',
    provider: 'postgresql',
    isHere: true,
    create: () => createPostgres(inject('postgres')),
    connect: ({ url }) => new PrismaPg({ connectionString: url, max: 25 }),
  },
  {
    name: mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    provider: 'mysql',
    isHere: mariadb.url !== null,
    create: () => createMariaDb(mariadb.url ?? ''),
    connect: ({ url }) => new PrismaMariaDb(`${url.replace('mysql:', 'mariadb:')}?connectionLimit=25`),
  },
  {
    name: 'SQLite',
    provider: 'sqlite',
    isHere: true,
    create: createSqlite,
    connect: ({ url }) => new PrismaLibSql({ url: `file:${url}` }),
  },
]

for (const { name, provider, isHere, create, connect } of cases) {
  describe.skipIf(!isHere)(`the Prisma adapter on ${name}`, () => {
    let database: TestDatabase
    let prisma: GeneratedClient

    beforeAll(async () => {
      database = await create()
      const migration = join(prismaFolder(provider), 'migrations/20260101000000_credits/migration.sql')
      await database.run(readFileSync(migration, 'utf8'))
      prisma = await createPrismaClient(provider, readPrismaSchema(provider), connect(database))
    })
    afterAll(async () => {
      await prisma?.$disconnect()
      await database?.drop()
    })

    const createUser = async ({ credits, membershipTier, membershipExpiresAt }: ConformanceUser) => {
      const id = crypto.randomUUID()
      const data = { id, credits: credits ?? 0, membershipTier, membershipExpiresAt }
      await Reflect.get(prisma, 'user').create({ data })
      return id
    }

    test('passes the conformance suite on the tables of the Prisma migration', async () => {
      const results = await conformance(new PrismaAdapter(prisma), { createUser, timeout: 40_000 })
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
    })

    test("commits and rolls back with the caller's own $transaction", async () => {
      const engine = new CreditsEngine({
        storage: new PrismaAdapter(prisma),
        config: { costs: { act: { default: 10 } } },
      })
      const userId = await createUser({ credits: 100 })
      const work = prisma.$transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', txn })
        throw new Error('the post could not be saved')
      })
      await expect(work).rejects.toThrow('the post could not be saved')
      expect(await engine.queryBalance(userId)).toBe(100)
      await prisma.$transaction((txn) => engine.charge({ userId, action: 'act', txn }))
      expect(await engine.queryBalance(userId)).toBe(90)
    })
  })
}

test.each<PrismaProvider>(['cockroachdb', 'sqlserver', 'mongodb'])(
  'Prisma generates a client for %s',
  async (provider) => {
    expect(readFileSync(await generatePrismaClient(provider, readPrismaSchema(provider)), 'utf8')).toContain(
      'export type User',
    )
  },
)

test('a mapping with columns that only SQL adapters keep is refused', () => {
  const mapping = { balances: { totalUsed: 'totalUsed' } }
  expect(() => new PrismaAdapter({ $transaction: async () => undefined }, { mapping })).toThrow(
    'Kysely and Drizzle',
  )
})

test('a client without the model says so', async () => {
  const adapter = new PrismaAdapter({ $transaction: async () => undefined })
  await expect(adapter.getTransactionById('1')).rejects.toThrow('has no model transaction')
})
