import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect, sql } from 'kysely'
import mysql from 'mysql2'
import pg from 'pg'
import { createPool } from '../../dev-stack/create-pool.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import type { DatabaseUrls } from '../../dev-stack/testing.ts'
import { prepareCharges } from '../src/adapters/kysely/index.ts'
import type { ConformanceUser } from '../src/conformance/index.ts'
import type { MigrationDialect } from '../src/schema/index.ts'

/** The tables are known to the SDK by name only. */
// biome-ignore lint/suspicious/noExplicitAny: Kysely's own way to say that the tables are not typed
export type AnyTables = any

/** An empty database of its own. `url` is how to connect to it once more. */
export type TestDatabase = {
  dialect: MigrationDialect
  db: Kysely<AnyTables>
  url: string
  /** Runs a script of several statements. */
  run(script: string): Promise<void>
  drop(): Promise<void>
}

/** An empty PostgreSQL database on the server of the tests. */
export async function createPostgres(
  { adminUrl }: DatabaseUrls,
  max = 30,
  { isPrepared = false } = {},
): Promise<TestDatabase> {
  const name = `sdk_${randomUUID().replaceAll('-', '')}`
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: adminUrl.replace(/\/postgres$/, '/template1') })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await administer(`create database ${name} template template0`)
  const url = adminUrl.replace(/\/postgres$/, `/${name}`)
  const pool = createPool({ connectionString: url, max })
  const db = new Kysely<AnyTables>({
    dialect: new PostgresDialect({ pool: isPrepared ? prepareCharges(pool) : pool }),
  })
  return {
    dialect: 'postgres',
    db,
    url,
    run: async (script) => void (await pool.query(script)),
    async drop() {
      await db.destroy()
      const drop = `drop database if exists ${name}`
      // A client that says it has ended may still be closing its connections, and to end one of those under it is an
      // error nobody listens to. Postgres waits some seconds for them; what is open after that is cut.
      await administer(drop).catch(() => administer(`${drop} with (force)`))
    },
  }
}

/** An empty MariaDB database on the server of the tests. Times are in UTC. */
export async function createMariaDb(serverUrl: string): Promise<TestDatabase> {
  const name = `sdk_${randomUUID().replaceAll('-', '')}`
  const admin = mysql.createPool({ uri: serverUrl, multipleStatements: true, connectionLimit: 1 }).promise()
  await admin.query(`create database ${name} character set utf8mb4`)
  const url = `${serverUrl}/${name}`
  const pool = mysql.createPool({ uri: url, timezone: 'Z', connectionLimit: 20 })
  const db = new Kysely<AnyTables>({ dialect: new MysqlDialect({ pool }) })
  return {
    dialect: 'mysql',
    db,
    url,
    run: async (script) => void (await admin.query(`use ${name}; ${script}`)),
    async drop() {
      await db.destroy()
      await admin.query(`drop database ${name}`)
      await admin.end()
    },
  }
}

/** An empty SQLite file. */
export async function createSqlite(): Promise<TestDatabase> {
  const directory = await makeTemporaryDirectory()
  const url = join(directory.path, 'credits.db')
  const database = openSqlite(url)
  const db = new Kysely<AnyTables>({ dialect: new SqliteDialect({ database }) })
  return {
    dialect: 'sqlite',
    db,
    url,
    run: async (script) => void database.exec(script),
    async drop() {
      await db.destroy()
      await directory.remove()
    },
  }
}

/** With foreign keys, and patience with other writers. */
export function openSqlite(path: string): SqliteDatabase.Database {
  const database = new SqliteDatabase(path, { timeout: 10_000 })
  database.pragma('journal_mode = wal')
  database.pragma('foreign_keys = on')
  return database
}

/** A user in a table of the given columns; `id` is new unless it is among them. */
export async function insertUser(
  { db }: Pick<TestDatabase, 'db'>,
  table: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  const row = { id: randomUUID(), ...values }
  const names = sql.join(Object.keys(row).map((name) => sql.id(name)))
  await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`.execute(db)
  return row.id
}

/** A user of the conformance suite, in the tables of the migration. */
export function insertConformanceUser(
  database: TestDatabase,
  { credits, membershipTier, membershipExpiresAt }: ConformanceUser,
): Promise<string> {
  return insertUser(database, 'users', {
    credits: credits ?? 0,
    membership_tier: membershipTier,
    membership_expires_at: membershipExpiresAt,
  })
}
