import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ConformanceUser, conformance } from '../../src/conformance/index.ts'
import { CreditsEngine } from '../../src/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, ledgerTables, loadSample, readSample } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'organization'

describe('guide 000, a multi-tenant application', () => {
  let database: TestDatabase
  let prisma: GeneratedClient

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    await database.run(readSample(SAMPLE, 'existing-tables.sql'))
    await database.run(readSample(SAMPLE, 'add-credits.sql'))
    await database.run(ledgerTables('postgresql'))
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 25 }) })
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  async function createMembers({ credits, ...membership }: ConformanceUser, count = 1): Promise<string[]> {
    const organizationId = crypto.randomUUID()
    const ids = Array.from({ length: count }, () => crypto.randomUUID())
    const users = { create: ids.map((id) => ({ id, email: `${id}@example.com` })) }
    const data = {
      id: organizationId,
      name: 'Acme',
      plan: 'team',
      credits: credits ?? 0,
      ...membership,
      users,
    }
    await Reflect.get(prisma, 'organization').create({ data })
    return ids
  }

  test('the adapter passes the conformance suite', async () => {
    const { OrganizationAdapter } = await loadSample(SAMPLE, 'organization-adapter.ts')
    const createUser = async (user: ConformanceUser) => (await createMembers(user))[0] ?? ''
    const results = await conformance(new OrganizationAdapter(prisma), { createUser })
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
  })

  test('two members spend one balance, each with ledger rows and keys of their own', async () => {
    const { OrganizationAdapter } = await loadSample(SAMPLE, 'organization-adapter.ts')
    const config = { costs: { act: { default: 10 } } }
    const engine = new CreditsEngine<object>({ storage: new OrganizationAdapter(prisma), config })
    const [ada = '', ben = ''] = await createMembers({ credits: 100 }, 2)
    await engine.charge({ userId: ada, action: 'act', idempotencyKey: 'same' })
    await engine.charge({ userId: ben, action: 'act', idempotencyKey: 'same' })
    expect(await engine.queryBalance(ada)).toBe(80)
    expect(await engine.getHistory(ben)).toMatchObject([{ userId: ben, balanceBefore: 90, balanceAfter: 80 }])
  })
})
