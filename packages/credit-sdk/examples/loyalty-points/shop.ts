import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine, type TierChangeResult } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect } from 'kysely'

/** The shop's own table, as it was before. */
const CUSTOMERS = `create table if not exists customers (
  id text primary key,
  email text not null unique,
  loyalty_points integer not null default 0 check (loyalty_points >= 0),
  tier text not null default 'bronze'
)`

/** Its points are the credits, its tiers are the tiers, and a tier has no end. */
const mapping = {
  balances: {
    table: 'customers',
    credits: 'loyalty_points',
    membershipTier: 'tier',
    membershipExpiresAt: null,
    createdAt: null,
    updatedAt: null,
  },
}

/** What a customer must have spent, in cents, and the points for each euro. */
const TIERS = {
  gold: { from: 500_000, pointsPerEuro: 2 },
  silver: { from: 100_000, pointsPerEuro: 1.5 },
  bronze: { from: 0, pointsPerEuro: 1 },
} as const

type Tier = keyof typeof TIERS
type Tables = { customers: { id: string; email: string; loyalty_points: number; tier: Tier } }
export type Order = { id: string; customerId: string; cents: number; spentBefore: number }

export function openShop(path = ':memory:') {
  const database = new SqliteDatabase(path)
  database.pragma('foreign_keys = on')
  database.exec(CUSTOMERS)
  database.exec(createMigration({ dialect: 'sqlite', mapping, isExistingTable: true }).up)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const engine = new CreditsEngine({
    storage: new KyselyAdapter({ db, dialect: 'sqlite', mapping }),
    config: {
      costs: {
        'redeem-discount': { default: 100, silver: 80, gold: 50 },
        'free-shipping': { default: 200, silver: 150, gold: 100 },
      },
      membership: {
        tiers: { bronze: 0, silver: 1, gold: 2 },
        requirements: { 'free-shipping': 'silver' },
      },
    },
  })
  return { db, engine }
}

type Shop = ReturnType<typeof openShop>

/** Gives the points of a paid order once, however often the payment is told, and the tier that it reaches. */
export async function completeOrder(
  { db, engine }: Shop,
  order: Order,
): Promise<TierChangeResult | undefined> {
  const { id, customerId: userId, cents, spentBefore } = order
  const reached = tierFor(spentBefore + cents)
  return db.transaction().execute(async (txn) => {
    const amount = Math.floor((cents / 100) * TIERS[tierFor(spentBefore)].pointsPerEuro)
    const idempotencyKey = `order:${id}`
    if (amount > 0)
      await engine.grant({ userId, amount, action: 'order', metadata: { cents }, idempotencyKey, txn })
    if (reached === tierFor(spentBefore)) return undefined
    return engine.upgradeTier({ userId, targetTier: reached, idempotencyKey: `tier:${id}`, txn })
  })
}

function tierFor(cents: number): Tier {
  if (cents >= TIERS.gold.from) return 'gold'
  return cents >= TIERS.silver.from ? 'silver' : 'bronze'
}
