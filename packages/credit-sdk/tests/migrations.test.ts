import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMigration, type MigrationDialect } from '../src/schema/index.ts'
import {
  createMariaDb,
  createPostgres,
  createSqlite,
  insertUser,
  type TestDatabase,
} from '../testing/databases.ts'

const PACKAGE = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(PACKAGE, path), 'utf8')
const mariadb = inject('mariadb')
const databases: [MigrationDialect, string, boolean, () => Promise<TestDatabase>][] = [
  ['postgres', 'init-credits.sql', true, () => createPostgres(inject('postgres'))],
  ['mysql', 'init-credits.mysql.sql', mariadb.url !== null, () => createMariaDb(mariadb.url ?? '')],
  ['sqlite', 'init-credits.sqlite.sql', true, createSqlite],
]

for (const [dialect, initFile, isHere, create] of databases) {
  const up = read(`migrations/${dialect}/001_credits.up.sql`)
  const down = read(`migrations/${dialect}/001_credits.down.sql`)

  test(`the migration files for ${dialect} are those that scripts/write-migrations.ts writes`, () => {
    expect({ up, down }).toEqual(createMigration({ dialect }))
  })

  describe.skipIf(!isHere)(`the migration for ${dialect}`, () => {
    let database: TestDatabase
    let engine: CreditsEngine

    beforeAll(async () => {
      database = await create()
      engine = new CreditsEngine({
        storage: new KyselyAdapter({ db: database.db, dialect }),
        config: { costs: { act: { default: 10 } }, idempotency: { ttl: 1 } },
        now: () => new Date(Date.now() - 60_000),
      })
    })
    afterAll(() => database?.drop())

    test('goes up, down and up again, and keeps what is there when it is repeated', async () => {
      await database.run(up)
      const userId = await insertUser(database, 'users', { credits: 100 })
      await engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      await database.run(up)
      expect(await engine.queryBalance(userId)).toBe(90)
      expect(await engine.getHistory(userId)).toHaveLength(1)

      await database.run(down)
      const { rows } = await sql`select * from users`.execute(database.db)
      expect(rows).toEqual([{ id: userId }])
      if (dialect === 'sqlite') await database.run(createMigration({ dialect, isExistingTable: true }).up)
      else await database.run(up)
      expect(await engine.queryBalance(userId)).toBe(0)
      await engine.grant({ userId, amount: 5, action: 'gift' })
    })

    test('gives existing users their first credits once, with a ledger row each', async () => {
      const poor = await insertUser(database, 'users', { credits: 0 })
      const rich = await insertUser(database, 'users', { credits: 500 })
      await database.run(read(`scripts/${initFile}`))
      await engine.charge({ userId: poor, action: 'act', amount: 100 })
      await database.run(read(`scripts/${initFile}`))
      const late = await insertUser(database, 'users', { credits: 0 })
      await database.run(read(`scripts/${initFile}`))
      expect([await engine.queryBalance(poor), await engine.queryBalance(rich)]).toEqual([0, 600])
      expect(await engine.queryBalance(late)).toBe(100)
      const [row] = await engine.getHistory(rich)
      expect(row).toMatchObject({
        action: 'initial-grant',
        balanceBefore: 500,
        balanceAfter: 600,
        metadata: {},
      })
    })

    test.skipIf(dialect === 'sqlite')('cleans expired keys up by its function', async () => {
      const userId = await insertUser(database, 'users', { credits: 100 })
      await engine.charge({ userId, action: 'act', idempotencyKey: 'expired' })
      const name = sql.id('cleanup_expired_idempotency_records')
      await (dialect === 'mysql' ? sql`call ${name}()` : sql`select ${name}()`).execute(database.db)
      expect(await engine.deleteExpiredKeys()).toBe(0)
      const { rows } = await sql`select * from idempotency_records`.execute(database.db)
      expect(rows).toEqual([])
    })

    test('refuses a balance below 0, whoever writes it', async () => {
      const userId = await insertUser(database, 'users', { credits: 1 })
      const statement = sql`update users set credits = credits - 2 where id = ${userId}`
      await expect(statement.execute(database.db)).rejects.toThrow()
    })
  })
}
