import { PrismaPg } from '@prisma/adapter-pg'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { CreditsEngine } from '../../src/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, ledgerTables, loadSample, readSample } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'saas-stripe'
const NEXT_MONTH = 4_102_444_800

describe('guide 000, a SaaS platform with Stripe', () => {
  let database: TestDatabase
  let prisma: GeneratedClient
  let engine: CreditsEngine<object>
  let handleStripeWebhook: (services: object, event: unknown) => Promise<void>

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    await database.run(readSample(SAMPLE, 'existing-users.sql'))
    await database.run(
      `insert into users (id, email, "stripeCustomerId") values ('ada', 'ada@example.com', 'cus_1')`,
    )
    await database.run(readSample(SAMPLE, 'add-credits.sql'))
    await database.run(ledgerTables('postgresql', { User: 'users' }))
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }) })
    const sample = await loadSample(SAMPLE, 'stripe-webhook.ts')
    engine = sample.createEngine(prisma)
    handleStripeWebhook = sample.handleStripeWebhook
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  const updated = (start: number, lookupKey = 'pro', customer = 'cus_1') => ({
    type: 'customer.subscription.updated' satisfies Stripe.Event.Type,
    data: {
      object: {
        id: 'sub_1',
        customer,
        items: {
          data: [
            { price: { lookup_key: lookupKey }, current_period_start: start, current_period_end: NEXT_MONTH },
          ],
        },
      },
    },
  })

  test('the credits of a month come once, however often Stripe says that the subscription was updated', async () => {
    await Promise.all([1, 2, 3].map(() => handleStripeWebhook({ prisma, engine }, updated(1))))
    expect(await engine.queryBalance('ada')).toBe(1000)
    await handleStripeWebhook({ prisma, engine }, updated(2))
    expect(await engine.queryBalance('ada')).toBe(2000)
    expect((await engine.charge({ userId: 'ada', action: 'export-data' })).cost).toBe(50)
  })

  test('a plan of somebody else, and a customer nobody knows, change nothing', async () => {
    await expect(handleStripeWebhook({ prisma, engine }, updated(3, 'gift'))).rejects.toThrow(
      'no plan of ours',
    )
    await expect(handleStripeWebhook({ prisma, engine }, updated(3, 'pro', 'cus_2'))).rejects.toThrow()
    expect(await engine.queryBalance('ada')).toBe(1950)
  })
})
