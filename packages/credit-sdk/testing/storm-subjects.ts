import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { type Kysely, sql } from 'kysely'
import { createPool } from '../../dev-stack/create-pool.ts'
import { createTestDatabase, type DatabaseUrls } from '../../dev-stack/testing.ts'
import { DrizzleAdapter } from '../src/adapters/drizzle/index.ts'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { LivebalanceAdapter } from '../src/adapters/livebalance/index.ts'
import { PrismaAdapter } from '../src/adapters/prisma/index.ts'
import { PRISMA_NAMES, resolveMapping } from '../src/adapters/sql/mapping.ts'
import type { IStorageAdapter } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { type AnyTables, insertUser, type TestDatabase } from './databases.ts'
import { connectDrizzle } from './drizzle-databases.ts'
import { createPrismaClient, type PrismaProvider, prismaFolder, readPrismaSchema } from './prisma-client.ts'
import type { StormSubject } from './storm.ts'
import type { StormLedger } from './storm-ledger.ts'

/** Makes what a storm runs on, on a test database that is dropped elsewhere. */
export type StormSubjectMaker = (
  database: TestDatabase,
  undo: AsyncDisposableStack,
) => Promise<StormSubject<unknown>>

const TIERS = ['basic', 'premium'] as const

export const overKysely: StormSubjectMaker = async (database) => {
  const { db, dialect } = database
  await database.run(createMigration({ dialect }).up)
  return subjectOf(database, new KyselyAdapter({ db, dialect }))
}

export const overDrizzle: StormSubjectMaker = async (database, undo) => {
  const { dialect } = database
  await database.run(createMigration({ dialect }).up)
  const { db, close } = connectDrizzle(database, { max: 20 })
  undo.defer(close)
  return subjectOf(database, new DrizzleAdapter({ db, dialect }))
}

const PROVIDERS = { postgres: 'postgresql', mysql: 'mysql', sqlite: 'sqlite' } as const

export const overPrisma: StormSubjectMaker = async (database, undo) => {
  const provider: PrismaProvider = PROVIDERS[database.dialect]
  const migration = join(prismaFolder(provider), 'migrations/20260101000000_credits/migration.sql')
  await database.run(readFileSync(migration, 'utf8'))
  const client = await createPrismaClient(
    `storm-${provider}`,
    readPrismaSchema(provider),
    connectPrisma(database),
  )
  undo.defer(() => client.$disconnect())
  const tables = resolveMapping(
    {
      balances: { table: 'User' },
      transactions: { table: 'Transaction' },
      idempotencyRecords: { table: 'IdempotencyRecord' },
    },
    PRISMA_NAMES,
  )
  return subjectOf(database, new PrismaAdapter(client), tables, { updatedAt: '2026-01-01 00:00:00' })
}

function connectPrisma({ dialect, url }: TestDatabase): unknown {
  if (dialect === 'mysql') return new PrismaMariaDb(`${url.replace('mysql:', 'mariadb:')}?connectionLimit=20`)
  if (dialect === 'sqlite') return new PrismaLibSql({ url: `file:${url}` })
  return new PrismaPg(createPool({ connectionString: url, max: 20 }))
}

export function subjectOf<Txn>(
  database: TestDatabase,
  storage: IStorageAdapter<Txn>,
  tables = resolveMapping(),
  values: Readonly<Record<string, unknown>> = {},
): StormSubject<Txn> {
  const { db, dialect } = database
  const { balances } = tables
  const cuts = { postgres: cutPostgres, mysql: cutMariaDb, sqlite: undefined }
  const cut = cuts[dialect]
  return {
    storage,
    tiers: TIERS,
    createUser: (credits) => insertUser(database, balances.table, { [balances.credits]: credits, ...values }),
    readLedger: () => readLedger(db, tables),
    ...(cut && { cut: () => cut(db) }),
  }
}

async function readLedger(
  db: Kysely<AnyTables>,
  { balances, transactions: names, idempotencyRecords: keys }: ReturnType<typeof resolveMapping>,
): Promise<StormLedger> {
  const id = sql.id
  const { rows: users } = await sql<{ id: string; credits: unknown }>`
    select ${id(balances.id)} as id, ${id(balances.credits)} as credits from ${sql.table(balances.table)}`.execute(
    db,
  )
  const { rows } = await sql<Record<string, unknown>>`
    select ${id(names.id)} as id, ${id(names.userId)} as user_id, ${id(names.amount)} as amount,
      ${id(names.balanceBefore)} as balance_before, ${id(names.balanceAfter)} as balance_after,
      ${id(names.refundOf)} as refund_of
    from ${sql.table(names.table)} order by ${id(names.createdAt)}, ${id(names.id)}`.execute(db)
  const { rows: stored } = await sql<{ result: unknown }>`
    select ${id(keys.result)} as result from ${sql.table(keys.table)}`.execute(db)
  return {
    balances: new Map(users.map((user) => [user.id, Number(user.credits)])),
    entries: rows.map(toEntry),
    resultsOfKeys: stored.map(({ result }) => {
      const parsed = typeof result === 'string' ? JSON.parse(result) : result
      return String(Reflect.get(Object(Object(parsed).result), 'transactionId'))
    }),
    problems: [],
  }
}

function toEntry(row: Record<string, unknown>): StormLedger['entries'][number] {
  return {
    id: String(row.id),
    userId: String(row.user_id),
    amount: Number(row.amount),
    balanceBefore: Number(row.balance_before),
    balanceAfter: Number(row.balance_after),
    refundOf: row.refund_of === null ? null : String(row.refund_of),
  }
}

async function cutPostgres(db: Kysely<AnyTables>): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit 1`
    .execute(db)
    .catch(() => {})
}

async function cutMariaDb(db: Kysely<AnyTables>): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from information_schema.processlist where db = database() and id <> connection_id() order by rand() limit 1`.execute(
    db,
  )
  for (const { id } of rows) await sql`kill ${sql.lit(Number(id))}`.execute(db).catch(() => {})
}

/** Livebalance itself, with the rights of `service_role`. */
export async function overLivebalance(
  urls: DatabaseUrls,
  undo: AsyncDisposableStack,
): Promise<StormSubject<unknown>> {
  const { ownerUrl, drop } = await createTestDatabase(urls)
  undo.defer(drop)
  const owner = createPool({ connectionString: ownerUrl, max: 2 })
  undo.defer(() => owner.end())
  const pool = createPool({ connectionString: ownerUrl, max: 20, options: '-c role=service_role' })
  undo.defer(() => pool.end())
  return {
    storage: new LivebalanceAdapter({ pool }),
    tiers: ['pro', 'enterprise'],
    async createUser(credits) {
      const id = crypto.randomUUID()
      await owner.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.com`])
      await owner.query('select public.add_credits($1, $2)', [id, credits])
      return id
    },
    async readLedger() {
      const { rows: wallets } = await owner.query('select user_id, balance from public.credits')
      const { rows } = await owner.query(`
        select id, user_id, amount, balance_before, balance_after,
          case when type = 'refund' then reverses end as refund_of
        from public.credit_transactions order by user_id, seq`)
      const { rows: problems } = await owner.query('select public.verify_ledger() as problem')
      return {
        balances: new Map(wallets.map((wallet) => [String(wallet.user_id), Number(wallet.balance)])),
        entries: rows.map(toEntry),
        resultsOfKeys: [],
        problems: problems.map(({ problem }) => JSON.stringify(problem)),
      }
    },
    async cut() {
      const statement = `
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit 1`
      await owner.query(statement).catch(() => {})
    },
  }
}
