import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect } from 'kysely'

/** A table of long ago, which stays as it is: numbers as ids, balances that may be NULL, plans instead of tiers. */
const ACCOUNTS = `create table if not exists accounts (
  accountId integer primary key,
  tokenBalance integer,
  subscription text,
  subscriptionEndDate text
)`

type Tables = {
  accounts: {
    accountId: number
    tokenBalance: number | null
    subscription: string | null
    subscriptionEndDate: string | null
  }
}

/** What `npx credit-sdk init --users accounts --id accountId --map credits=tokenBalance …` writes. */
const mapping = {
  balances: {
    table: 'accounts',
    id: 'accountId',
    credits: 'tokenBalance',
    membershipTier: 'subscription',
    membershipExpiresAt: 'subscriptionEndDate',
    createdAt: null,
    updatedAt: null,
    tierValues: { FREE_PLAN: 'free', PRO_PLAN: 'premium', BUSINESS_PLAN: 'enterprise' },
  },
}

export function openAccounts(path = ':memory:') {
  const database = new SqliteDatabase(path)
  database.pragma('foreign_keys = on')
  database.exec(ACCOUNTS)
  const migration = createMigration({
    dialect: 'sqlite',
    mapping,
    userIdType: 'integer',
    isExistingTable: true,
  })
  database.exec(migration.up)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const engine = new CreditsEngine({
    storage: new KyselyAdapter({ db, dialect: 'sqlite', mapping }),
    config: {
      costs: { 'generate-post': { default: 10, premium: 8, enterprise: 5 } },
      membership: {
        tiers: { free: 0, premium: 1, enterprise: 2 },
        creditsCaps: { free: 100, premium: 1000, enterprise: 10_000 },
      },
    },
  })
  return { db, engine }
}
