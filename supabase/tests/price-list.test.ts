import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CREDIT_PACKAGES, SEEDED_PACKAGES } from '../../lib/pricing-plans.ts'
import { MEMBERSHIP_TIERS } from '../../lib/tiers.ts'
import { type DatabaseUrls, startTestServer } from '../../packages/dev-stack/testing.ts'
import { MIGRATIONS_DIRECTORY, SEED_FILE } from '../../scripts/paths.ts'

// The one test of what this product sells: a server with the product's own seed, and nothing of the tests'.
let server: DatabaseUrls & { stop(): Promise<void> }
let sql: Sql
beforeAll(async () => {
  server = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: [SEED_FILE] })
  sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await server.stop()
})

test('the seed sells what SEEDED_PACKAGES says, in its order', async () => {
  const packages = await sql`
    select
      id, name, description, credits::int, credit_type as "creditType", price::int, currency,
      billing_interval as interval, unused_credits as "unusedCredits", tier, 
      (
        select json_object_agg(provider, product_id) from package_products where package_id = credit_packages.id
      ) as "productIds",
      popular
    from credit_packages
    where active
    order by sort_order`
  expect([...packages]).toEqual(SEEDED_PACKAGES)
})

test('the memberships are MEMBERSHIP_TIERS, from the lowest level to the highest', async () => {
  const tiers = await sql`select id from membership_tiers order by level`
  expect(tiers.map(({ id }) => id)).toEqual(MEMBERSHIP_TIERS)
})

test('the list to show has the prices of the seed, in units', () => {
  expect(CREDIT_PACKAGES).toMatchObject([
    { id: 'starter', credits: 100, price: 9.99, popular: false },
    { id: 'pro', credits: 500, price: 39.99, popular: true },
    { id: 'enterprise', credits: 2000, price: 149.99, popular: false },
  ])
})
