import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ConformanceUser, conformance } from '../../src/conformance/index.ts'
import { createMariaDb, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, loadSample, sampleTables } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'legacy-accounts'
const mariadb = inject('mariadb')

describe('guide 000, a custom adapter with field mapping', () => {
  let database: TestDatabase | undefined
  let prisma: GeneratedClient | undefined

  beforeAll(() => compileSample(SAMPLE))
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  test.skipIf(mariadb.url === null)('passes the conformance suite on MariaDB', async () => {
    database = await createMariaDb(mariadb.url ?? '')
    const tables = sampleTables('mysql', {
      User: 'Account',
      credits: 'tokenBalance',
      membershipTier: 'subscription',
      membershipExpiresAt: 'subscriptionEndDate',
    })
      .replace('`id`', '`accountId`')
      .replace('PRIMARY KEY (`id`)', 'PRIMARY KEY (`accountId`)')
      .replaceAll('REFERENCES `Account` (`id`)', 'REFERENCES `Account` (`accountId`)')
      .replace('`tokenBalance` INTEGER NOT NULL DEFAULT 0', '`tokenBalance` INTEGER NULL')
      .replace('`createdAt`', '`registeredAt`')
      .replace('`updatedAt`', '`lastModified`')
    await database.run(tables)
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    const { LegacyDatabaseAdapter } = await loadSample(SAMPLE, 'legacy-database-adapter.ts')
    const client = new PrismaClient({ adapter: new PrismaMariaDb(`${database.url}?connectionLimit=25`) })
    prisma = client
    const createUser = async ({ credits, membershipTier, membershipExpiresAt }: ConformanceUser) => {
      const accountId = crypto.randomUUID()
      const subscription = membershipTier === 'premium' ? 'PRO_PLAN' : null
      const data = {
        accountId,
        tokenBalance: credits,
        subscription,
        subscriptionEndDate: membershipExpiresAt,
      }
      await client.account.create({ data })
      return accountId
    }
    const results = await conformance(new LegacyDatabaseAdapter(client), {
      createUser,
      tiers: ['free', 'premium'],
      timeout: 40_000,
    })
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
  })
})
