import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../../src/index.ts'
import { createMariaDb, createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { readSample } from '../../testing/guide-sample.ts'

const mariadb = inject('mariadb')
const databases: [string, string, boolean, () => Promise<TestDatabase>][] = [
  ['PostgreSQL', 'postgres.sql', true, () => createPostgres(inject('postgres'))],
  ['MySQL', 'mysql.sql', mariadb.url !== null, () => createMariaDb(mariadb.url ?? '')],
]

for (const [name, file, isHere, create] of databases) {
  describe.skipIf(!isHere)(`guide 000, the ${name} migration`, () => {
    let database: TestDatabase
    let engine: CreditsEngine

    beforeAll(async () => {
      database = await create()
      const { db, dialect } = database
      await database.run("create table users (id varchar(255) primary key); insert into users values ('ada')")
      await database.run(readSample('sql', file))
      const mapping = { balances: { createdAt: null, updatedAt: null } }
      const config = { costs: { act: { default: 10 } } }
      engine = new CreditsEngine({ storage: new KyselyAdapter({ db, dialect, mapping }), config })
    })
    afterAll(() => database?.drop())

    test('gives existing users 100 credits, once, and holds what the engine writes', async () => {
      const charge = await engine.charge({ userId: 'ada', action: 'act', idempotencyKey: 'k' })
      expect(charge).toMatchObject({ balanceBefore: 100, balanceAfter: 90 })
      const script = readSample('sql', file)
      // `add column` of MySQL cannot be repeated. What gives the credits can.
      await database.run(name === 'MySQL' ? script.slice(script.indexOf('-- Step 3')) : script)
      expect(await engine.queryBalance('ada')).toBe(90)
      await engine.refund({ userId: 'ada', amount: 10, action: 'sorry', transactionId: charge.transactionId })
      expect((await engine.getHistory('ada')).map(({ amount }) => amount)).toEqual([10, -10, 100])
    })

    test('takes the indexes of the troubleshooting', async () => {
      await database.run(readSample('sql', 'indexes.sql'))
    })

    test.skipIf(name === 'MySQL')('cleans up by its function, and refuses an index over now()', async () => {
      await sql`select cleanup_expired_idempotency_records()`.execute(database.db)
      const recent = sql`create index recent on transactions (created_at desc) where created_at > now() - interval '30 days'`
      await expect(recent.execute(database.db)).rejects.toThrow('must be marked IMMUTABLE')
    })
  })
}
