import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ConformanceUser, conformance } from '../../src/conformance/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, loadSample, sampleTables } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'null-balance'

describe('guide 000, credits records that are created when they are missing', () => {
  let database: TestDatabase
  let prisma: GeneratedClient

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    await database.run(`${sampleTables('postgresql')}; alter table "User" alter credits drop not null`)
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 25 }) })
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  test('the adapter passes the conformance suite, which opens balances in races', async () => {
    const { InitializingAdapter } = await loadSample(SAMPLE, 'initializing-adapter.ts')
    const createUser = async (user: ConformanceUser) => {
      const id = crypto.randomUUID()
      await Reflect.get(prisma, 'user').create({ data: { id, ...user } })
      return id
    }
    const results = await conformance(new InitializingAdapter(prisma), { createUser })
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
  })
})
