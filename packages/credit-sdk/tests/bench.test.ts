import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { createTestDatabase } from '../../dev-stack/testing.ts'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { LivebalanceAdapter } from '../src/adapters/livebalance/index.ts'
import { PrismaAdapter } from '../src/adapters/prisma/index.ts'
import { CreditsEngine, type IStorageAdapter } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { createPostgres, insertUser } from '../testing/databases.ts'
import { createPrismaClient, prismaFolder, readPrismaSchema } from '../testing/prisma-client.ts'

const CHARGES = Number(process.env.SDK_BENCH ?? 0)
const USERS = 200
const CONCURRENCY = 16
const OPENING = 10_000_000

type Contender = {
  name: string
  users: string[]
  charge: (userId: string, key: string) => Promise<unknown>
  /** The credits that are left, of all users. */
  total: () => Promise<number>
}

/** `SDK_BENCH=2000 npx vitest run --project sdk packages/credit-sdk/tests/bench.test.ts` */
test.skipIf(CHARGES === 0)(
  'charges per second, on one user and on many',
  async () => {
    await using undo = new AsyncDisposableStack()
    const contenders = [
      await literal(undo),
      await kysely(undo, false),
      await kysely(undo, true),
      await prisma(undo),
      await livebalance(undo),
    ]
    for (const { name, users, charge, total } of contenders) {
      await measure(users, charge, CHARGES / 4, 'warm')
      const before = await total()
      const hot = await measure(users.slice(0, 1), charge, CHARGES, 'hot')
      const lostHot = CHARGES * 10 - (before - (await total()))
      const spread = await measure(users, charge, CHARGES, 'spread')
      const lost = CHARGES * 20 - (before - (await total()))
      const perSecond = { hot: Math.round(hot), spread: Math.round(spread) }
      console.log(`${name}:`, perSecond, `credits given away: ${lostHot} hot, ${lost - lostHot} spread`)
      if (!name.startsWith('literal')) expect(lost).toBe(0)
    }
  },
  600_000,
)

/** Charges per second. */
async function measure(
  users: readonly string[],
  charge: Contender['charge'],
  count: number,
  prefix: string,
): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  const worker = async () => {
    while (next < count) {
      const index = next++
      await charge(users[index % users.length] ?? '', `${prefix}-${index}`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return (count * 1000) / (performance.now() - startedAt)
}

async function createTables(undo: AsyncDisposableStack, isPrepared = false) {
  const database = await createPostgres(inject('postgres'), CONCURRENCY, { isPrepared })
  undo.defer(database.drop)
  await database.run(createMigration({ dialect: 'postgres' }).up)
  const users = []
  for (let index = 0; index < USERS; index += 1)
    users.push(await insertUser(database, 'users', { credits: OPENING }))
  const total = async () => {
    const { rows } = await sql<{ sum: string }>`select sum(credits) as sum from users`.execute(database.db)
    return Number(rows[0]?.sum)
  }
  return { database, users, total }
}

function throughEngine<Txn>(storage: IStorageAdapter<Txn>): Contender['charge'] {
  const engine = new CreditsEngine({ storage, config: { costs: { act: { default: 10 } } } })
  return (userId, idempotencyKey) => engine.charge({ userId, action: 'act', idempotencyKey })
}

/** Look the key up, read the user, increment, write ledger, audit log and key: each a query of its own. */
async function literal(undo: AsyncDisposableStack): Promise<Contender> {
  const { database, users, total } = await createTables(undo)
  const { db } = database
  const charge = async (userId: string, key: string) => {
    const used = await sql`select * from idempotency_records where key = ${`${userId}:${key}`}`.execute(db)
    if (used.rows.length > 0) return used.rows[0]
    const { rows } = await sql<{ credits: string }>`select * from users where id = ${userId}`.execute(db)
    const credits = Number(rows[0]?.credits)
    if (credits < 10) throw new Error('insufficient')
    await sql`update users set credits = ${credits - 10} where id = ${userId}`.execute(db)
    await sql`insert into transactions (user_id, action, amount, balance_before, balance_after) values (${userId}, 'act', -10, ${credits}, ${credits - 10})`.execute(
      db,
    )
    await sql`insert into audit_logs (user_id, action, status) values (${userId}, 'act', 'success')`.execute(
      db,
    )
    await sql`insert into idempotency_records (key, result, expires_at) values (${`${userId}:${key}`}, '{}', now() + interval '1 day') on conflict do nothing`.execute(
      db,
    )
    return undefined
  }
  return { name: 'literal pattern of the guides', users, charge, total }
}

async function kysely(undo: AsyncDisposableStack, isPrepared: boolean): Promise<Contender> {
  const { database, users, total } = await createTables(undo, isPrepared)
  const storage = new KyselyAdapter({ db: database.db, dialect: 'postgres' })
  return {
    name: isPrepared ? 'SDK, Kysely, prepared' : 'SDK, Kysely',
    users,
    charge: throughEngine(storage),
    total,
  }
}

async function prisma(undo: AsyncDisposableStack): Promise<Contender> {
  const database = await createPostgres(inject('postgres'), 4)
  undo.defer(database.drop)
  await database.run(
    readFileSync(join(prismaFolder('postgresql'), 'migrations/20260101000000_credits/migration.sql'), 'utf8'),
  )
  const pool = new pg.Pool({ connectionString: database.url, max: CONCURRENCY })
  // Prisma leaves some open, which the drop of the database ends.
  pool.on('error', () => {})
  const adapter = new PrismaPg(pool)
  const client = await createPrismaClient('bench', readPrismaSchema('postgresql'), adapter)
  undo.defer(() => client.$disconnect())
  const users = []
  for (let index = 0; index < USERS; index += 1)
    users.push(await insertUser(database, 'User', { credits: OPENING, updatedAt: new Date() }))
  const total = async () => {
    const { rows } = await sql<{ sum: string }>`select sum(credits) as sum from "User"`.execute(database.db)
    return Number(rows[0]?.sum)
  }
  return { name: 'SDK, Prisma', users, charge: throughEngine(new PrismaAdapter(client)), total }
}

async function livebalance(undo: AsyncDisposableStack): Promise<Contender> {
  const database = await createTestDatabase(inject('postgres'))
  undo.defer(database.drop)
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: CONCURRENCY })
  undo.defer(() => pool.end())
  const users = Array.from({ length: USERS }, () => crypto.randomUUID())
  for (const id of users) {
    await pool.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.com`])
    await pool.query('select public.add_credits($1, $2)', [id, OPENING])
  }
  const total = async () =>
    Number((await pool.query('select sum(balance) as sum from public.credits')).rows[0]?.sum)
  return { name: 'SDK, Livebalance', users, charge: throughEngine(new LivebalanceAdapter({ pool })), total }
}
