import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ConformanceUser, conformance } from '../../src/conformance/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, loadSample, sampleTables } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'ecommerce'
const NO_EXPIRATION = 'Memberships have no end in this system.'

describe('guide 000, an e-commerce platform', () => {
  let database: TestDatabase
  let prisma: GeneratedClient

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    const names = { User: 'Customer', credits: 'loyaltyPoints', membershipTier: 'tier' }
    await database.run(`${sampleTables('postgresql', names)}
      alter table "Customer" add email text, add "firstName" text, add "lastName" text, alter tier set default 'bronze';
      create table "Order" (id text primary key, "customerId" text references "Customer" (id))`)
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 25 }) })
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  async function createCustomer(loyaltyPoints: number, tier: string | null): Promise<string> {
    const id = crypto.randomUUID()
    const data = { id, email: `${id}@example.com`, firstName: 'Ada', lastName: 'Byron', loyaltyPoints, tier }
    await Reflect.get(prisma, 'customer').create({ data })
    return id
  }

  test('the adapter passes the conformance suite', async () => {
    const { EcommerceAdapter } = await loadSample(SAMPLE, 'ecommerce-adapter.ts')
    const results = await conformance(new EcommerceAdapter(prisma), {
      createUser: ({ credits, membershipTier = null }: ConformanceUser) =>
        createCustomer(credits ?? 0, membershipTier),
      skip: { 'an expired tier is none, for price and access': NO_EXPIRATION },
    })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
  })

  test('loyalty points pay discounts at the price of the tier, and free shipping from silver on', async () => {
    const { createEngine } = await loadSample(SAMPLE, 'ecommerce-adapter.ts')
    const engine = createEngine(prisma)
    const bronze = await createCustomer(200, 'bronze')
    const gold = await createCustomer(200, 'gold')
    expect((await engine.charge({ userId: bronze, action: 'redeem-discount' })).cost).toBe(100)
    expect((await engine.charge({ userId: gold, action: 'redeem-discount' })).cost).toBe(50)
    await expect(engine.charge({ userId: bronze, action: 'free-shipping' })).rejects.toMatchObject({
      code: 'MEMBERSHIP_REQUIRED',
    })
    expect((await engine.charge({ userId: gold, action: 'free-shipping' })).balanceAfter).toBe(50)
  })
})
