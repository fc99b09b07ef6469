import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import {
  type AnyTables,
  createMariaDb,
  createPostgres,
  createSqlite,
  insertUser,
  openSqlite,
  type TestDatabase,
} from '../testing/databases.ts'

const VERIFY = readFileSync(join(import.meta.dirname, '../scripts/verify-ledger.sql'), 'utf8')
const mariadb = inject('mariadb')
const run = promisify(execFile)

const problemsOf = async ({ db }: Pick<TestDatabase, 'db'>) => (await sql.raw(VERIFY).execute(db)).rows

/** The backup of a database at work, restored into an empty one. */
type Restore = (database: TestDatabase) => Promise<Pick<TestDatabase, 'db' | 'drop'>>

const restoreMariaDb: Restore = async ({ url }) => {
  const { hostname, port, pathname } = new URL(url)
  const server = ['--no-defaults', '-h', hostname, '-P', port, '-u', 'root']
  const options = ['--single-transaction', '--routines']
  const dump = await run('mariadb-dump', [...server, ...options, pathname.slice(1)])
  const restored = await createMariaDb(mariadb.url ?? '')
  const restoring = run('mariadb', [...server, new URL(restored.url).pathname.slice(1)])
  restoring.child.stdin?.end(dump.stdout)
  await restoring
  return restored
}

const restoreSqlite: Restore = async ({ db, url }) => {
  await sql`vacuum into ${`${url}.backup`}`.execute(db)
  const restored = new Kysely<AnyTables>({
    dialect: new SqliteDialect({ database: openSqlite(`${url}.backup`) }),
  })
  return { db: restored, drop: () => restored.destroy() }
}

const databases: [string, boolean, () => Promise<TestDatabase>, Restore | undefined][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres')), undefined],
  ['MariaDB', mariadb.url !== null, () => createMariaDb(mariadb.url ?? ''), restoreMariaDb],
  ['SQLite', true, createSqlite, restoreSqlite],
]

for (const [name, isHere, create, restore] of databases) {
  describe.skipIf(!isHere)(`a ledger on ${name}`, () => {
    let database: TestDatabase
    let engine: CreditsEngine
    let userId: string

    beforeAll(async () => {
      database = await create()
      const { db, dialect } = database
      await database.run(createMigration({ dialect }).up)
      const config = { costs: { act: { default: 1 } } }
      engine = new CreditsEngine({ storage: new KyselyAdapter({ db, dialect }), config })
      userId = await insertUser(database, 'users', { credits: 1000 })
    })
    afterAll(() => database?.drop())

    test.skipIf(!restore)('is whole in a backup that was taken while charges ran', async () => {
      const charges = Promise.all(Array.from({ length: 100 }, () => engine.charge({ userId, action: 'act' })))
      const restored = await restore?.(database)
      await charges
      if (!restored) return
      expect(await problemsOf(restored)).toEqual([])
      const { rows } = await sql`select * from users`.execute(restored.db)
      expect(rows).toHaveLength(1)
      await restored.drop()
    })

    test('is verified: a balance somebody edited, and a row somebody removed, are listed', async () => {
      for (let charged = 0; charged < 3; charged += 1) await engine.charge({ userId, action: 'act' })
      expect(await problemsOf(database)).toEqual([])
      const [, middle] = await engine.getHistory(userId)
      await sql`update users set credits = credits + 5`.execute(database.db)
      await sql`delete from transactions where id = ${middle?.id}`.execute(database.db)
      const problems = ['does not begin where the row before it ended', 'does not end at the balance']
      expect(await problemsOf(database)).toMatchObject(
        problems.map((problem) => ({ user_id: userId, problem })),
      )
    })
  })
}
