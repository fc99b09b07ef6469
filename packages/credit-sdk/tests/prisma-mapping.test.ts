import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { PrismaAdapter, type SqlMapping } from '../src/adapters/prisma/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { createPostgres, type TestDatabase } from '../testing/databases.ts'
import { createPrismaClient, type GeneratedClient } from '../testing/prisma-client.ts'

/** A legacy table with NULL balances, and a table of its own beside the people. Ledger rows refer to nobody here. */
const SCHEMA = `
generator client {
  provider = "prisma-client"
  output   = "./client"
}
datasource db {
  provider = "postgresql"
}
model Account {
  accountId           String    @id @map("account_id")
  tokenBalance        Int?      @map("token_balance")
  subscription        String?
  subscriptionEndDate DateTime?

  @@map("accounts")
}
model Person {
  id String @id
}
model Wallet {
  personId            String    @id
  credits             Int       @default(0)
  membershipTier      String?
  membershipExpiresAt DateTime?
  createdAt           DateTime  @default(now())
  updatedAt           DateTime  @updatedAt
}
model Entry {
  id            String   @id
  userId        String
  action        String
  amount        Int
  balanceBefore Int
  balanceAfter  Int
  refundOf      String?
  metadata      Json
  createdAt     DateTime
}
model PreciseEntry {
  id            String   @id
  userId        String   @map("user_id")
  action        String
  amount        Int
  balanceBefore Int
  balanceAfter  Int
  refundOf      String?
  metadata      Json
  createdAt     DateTime @map("created_at") @db.Timestamp(6)
}
model AuditLog {
  id           String   @id
  userId       String
  action       String
  status       String
  metadata     Json
  errorMessage String?
  createdAt    DateTime
}
model IdempotencyRecord {
  key       String   @id
  result    Json
  createdAt DateTime
  expiresAt DateTime
}`

const TABLES = `
create table accounts (account_id text primary key, token_balance integer, subscription text, "subscriptionEndDate" timestamp(3));
create table "Person" (id text primary key);
create table "Wallet" ("personId" text primary key, credits integer not null, "membershipTier" text, "membershipExpiresAt" timestamp(3), "createdAt" timestamp(3) not null default now(), "updatedAt" timestamp(3) not null);
create table "Entry" (id text primary key, "userId" text not null, action text not null, amount integer not null, "balanceBefore" integer not null, "balanceAfter" integer not null, "refundOf" text, metadata jsonb not null, "createdAt" timestamp(3) not null);
create table "PreciseEntry" (id text primary key, user_id text not null, action text not null, amount integer not null, "balanceBefore" integer not null, "balanceAfter" integer not null, "refundOf" text, metadata jsonb not null, created_at timestamp(6) not null);
create table "AuditLog" (id text primary key, "userId" text not null, action text not null, status text not null, metadata jsonb not null, "errorMessage" text, "createdAt" timestamp(3) not null);
create table "IdempotencyRecord" (key text primary key, result jsonb not null, "createdAt" timestamp(3) not null, "expiresAt" timestamp(3) not null);`

describe('the Prisma adapter with a mapping', () => {
  let database: TestDatabase
  let prisma: GeneratedClient

  beforeAll(async () => {
    database = await createPostgres(inject('postgres'))
    await database.run(TABLES)
    prisma = await createPrismaClient(
      'mapping',
      SCHEMA,
      // A zone that is not UTC, which Prisma's times do not have.
      new PrismaPg({ connectionString: database.url, max: 25, options: '-c timezone=America/New_York' }),
    )
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  const create = (model: string, data: object) => Reflect.get(prisma, model).create({ data })
  const failuresOf = async (mapping: SqlMapping, createUser: (user: ConformanceUser) => Promise<string>) => {
    const adapter = new PrismaAdapter(prisma, { mapping: { transactions: { table: 'entry' }, ...mapping } })
    const results = await conformance(adapter, { createUser })
    return results.filter(({ status }) => status !== 'passed')
  }

  test('passes the conformance suite on a legacy table with its own names and tier values, in one statement', async () => {
    const mapping: SqlMapping = {
      transactions: { table: 'preciseEntry' },
      balances: {
        table: 'account',
        id: 'accountId',
        credits: 'tokenBalance',
        membershipTier: 'subscription',
        membershipExpiresAt: 'subscriptionEndDate',
        createdAt: null,
        updatedAt: null,
        tierValues: { FREE_PLAN: 'basic', PRO_PLAN: 'premium' },
      },
    }
    const failures = await failuresOf(mapping, async ({ credits, membershipTier, membershipExpiresAt }) => {
      const accountId = crypto.randomUUID()
      const subscription = membershipTier === 'premium' ? 'PRO_PLAN' : null
      const subscriptionEndDate = membershipExpiresAt ?? null
      await create('account', { accountId, tokenBalance: credits, subscription, subscriptionEndDate })
      return accountId
    })
    expect(failures).toEqual([])
  })

  test('passes it on a separate table, where the rows of most users are missing, step by step', async () => {
    const mapping: SqlMapping = { balances: { table: 'wallet', id: 'personId' }, users: { table: 'person' } }
    const failures = await failuresOf(mapping, async ({ credits, ...membership }) => {
      const id = crypto.randomUUID()
      await create('person', { id })
      if (credits !== null) await create('wallet', { personId: id, credits, ...membership })
      return id
    })
    expect(failures).toEqual([])
  })
})
