import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { createPool } from '../../dev-stack/create-pool.ts'
import { createTestDatabase, type DatabaseUrls } from '../../dev-stack/testing.ts'
import { DrizzleAdapter } from '../src/adapters/drizzle/index.ts'
import { KyselyAdapter, prepareCharges } from '../src/adapters/kysely/index.ts'
import { LivebalanceAdapter } from '../src/adapters/livebalance/index.ts'
import { PrismaAdapter } from '../src/adapters/prisma/index.ts'
import { CreditsEngine, type IStorageAdapter } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { countQueries } from './count-queries.ts'
import { createPostgres } from './databases.ts'
import { createPrismaClient, prismaFolder, readPrismaSchema } from './prisma-client.ts'

/** One way to charge 10 credits on PostgreSQL, with key, ledger and audit log. */
export type Contender = {
  users: string[]
  charge: (userId: string, key: string) => Promise<unknown>
  /** The credits that are left, of all users. */
  total: () => Promise<number>
  /** What was sent to the database. */
  counts: { sent: number }
}

export type Setting = {
  urls: DatabaseUrls
  undo: AsyncDisposableStack
  clients: number
  users: number
  /** Whether connections keep the plan of a charge. */
  isPrepared: boolean
}

const OPENING = 10_000_000
const PRISMA_MIGRATION = 'migrations/20260101000000_credits/migration.sql'

async function openDatabase(
  { urls, undo, clients, users, isPrepared }: Setting,
  migration: string,
  table: string,
) {
  const database = await createPostgres(urls, 1)
  undo.defer(database.drop)
  await database.run(migration)
  const pool = createPool({ connectionString: database.url, max: clients })
  if (isPrepared) prepareCharges(pool)
  undo.defer(() => pool.end().catch(() => {}))
  const counts = countQueries(pool)
  const ids = Array.from({ length: users }, () => crypto.randomUUID())
  const time = table === 'users' ? 'updated_at' : '"updatedAt"'
  for (const id of ids)
    await pool.query(`insert into ${table} (id, credits, ${time}) values ($1, $2, now())`, [id, OPENING])
  const total = async () =>
    Number((await pool.query(`select sum(credits) as sum from ${table}`)).rows[0]?.sum)
  return { pool, contender: { users: ids, total, counts } }
}

function throughEngine<Txn>(storage: IStorageAdapter<Txn>): Contender['charge'] {
  const engine = new CreditsEngine({ storage, config: { costs: { act: { default: 10 } } } })
  return (userId, idempotencyKey) => engine.charge({ userId, action: 'act', idempotencyKey })
}

const openTables = (setting: Setting) =>
  openDatabase(setting, createMigration({ dialect: 'postgres' }).up, 'users')

/** Look the key up, read the user, increment, write ledger, audit log and key: each a query of its own. */
export async function literalPattern(setting: Setting): Promise<Contender> {
  const { pool, contender } = await openTables(setting)
  const charge = async (userId: string, key: string) => {
    const own = `${userId}:${key}`
    const used = await pool.query('select * from idempotency_records where key = $1', [own])
    if (used.rows.length > 0) return used.rows[0]
    const { rows } = await pool.query('select * from users where id = $1', [userId])
    const before = Number(rows[0]?.credits)
    const after = before - 10
    if (after < 0) throw new Error('insufficient')
    await pool.query('update users set credits = $1 where id = $2', [after, userId])
    await pool.query(
      "insert into transactions (user_id, action, amount, balance_before, balance_after) values ($1, 'act', -10, $2, $3)",
      [userId, before, after],
    )
    await pool.query("insert into audit_logs (user_id, action, status) values ($1, 'act', 'success')", [
      userId,
    ])
    await pool.query(
      "insert into idempotency_records (key, result, expires_at) values ($1, '{}', now() + interval '1 day') on conflict do nothing",
      [own],
    )
    return undefined
  }
  return { ...contender, charge }
}

export async function throughKysely(setting: Setting): Promise<Contender> {
  const { pool, contender } = await openTables(setting)
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  return { ...contender, charge: throughEngine(new KyselyAdapter({ db, dialect: 'postgres' })) }
}

export async function throughDrizzle(setting: Setting): Promise<Contender> {
  const { pool, contender } = await openTables(setting)
  const db = drizzle({ client: pool })
  return { ...contender, charge: throughEngine(new DrizzleAdapter({ db, dialect: 'postgres' })) }
}

export async function throughPrisma(setting: Setting): Promise<Contender> {
  const migration = readFileSync(join(prismaFolder('postgresql'), PRISMA_MIGRATION), 'utf8')
  const { pool, contender } = await openDatabase(setting, migration, '"User"')
  const client = await createPrismaClient('bench', readPrismaSchema('postgresql'), new PrismaPg(pool))
  setting.undo.defer(() => client.$disconnect())
  return { ...contender, charge: throughEngine(new PrismaAdapter(client)) }
}

export async function throughLivebalance({ urls, undo, clients, users }: Setting): Promise<Contender> {
  const database = await createTestDatabase(urls)
  undo.defer(database.drop)
  const pool = createPool({ connectionString: database.ownerUrl, max: clients })
  undo.defer(() => pool.end())
  const counts = countQueries(pool)
  const ids = Array.from({ length: users }, () => crypto.randomUUID())
  for (const id of ids) {
    await pool.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.com`])
    await pool.query('select public.add_credits($1, $2)', [id, OPENING])
  }
  const total = async () =>
    Number((await pool.query('select sum(balance) as sum from public.credits')).rows[0]?.sum)
  return { users: ids, total, counts, charge: throughEngine(new LivebalanceAdapter({ pool })) }
}
