import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { createMariaDb, createPostgres, insertUser, type TestDatabase } from '../testing/databases.ts'

const mariadb = inject('mariadb')
const databases: [string, boolean, () => Promise<TestDatabase>][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres'))],
  [
    mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    mariadb.url !== null,
    () => createMariaDb(mariadb.url ?? ''),
  ],
]

for (const [name, isHere, create] of databases) {
  describe.skipIf(!isHere)(
    `a transaction of the caller that began to read before others wrote, on ${name}`,
    () => {
      let database: TestDatabase
      let engine: CreditsEngine
      let userId: string

      beforeAll(async () => {
        database = await create()
        const { db, dialect } = database
        await database.run(createMigration({ dialect }).up)
        engine = new CreditsEngine({
          storage: new KyselyAdapter({ db, dialect }),
          config: { costs: { act: { default: 10 } } },
        })
        userId = await insertUser(database, 'users', { credits: 100 })
      })
      afterAll(() => database?.drop())

      /** Runs `later` in a transaction whose snapshot was taken before `earlier` committed. */
      const inOldSnapshot = (earlier: () => Promise<unknown>, later: (txn: unknown) => Promise<unknown>) =>
        database.db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute(async (txn) => {
            await engine.queryBalance(userId, txn)
            await engine.getHistory(userId, { txn })
            await earlier()
            return later(txn)
          })

      test('does not refund a charge again', async () => {
        const { transactionId } = await engine.charge({ userId, action: 'act' })
        const refund = { userId, amount: 10, action: 'sorry', transactionId }
        const work = inOldSnapshot(
          () => engine.refund(refund),
          (txn) => engine.refund({ ...refund, txn }),
        )
        await expect(work).rejects.toThrow()
        expect(await engine.queryBalance(userId)).toBe(100)
      })

      test('does not charge a used key again', async () => {
        const charge = { userId, action: 'act', idempotencyKey: 'k' }
        const work = inOldSnapshot(
          () => engine.charge(charge),
          (txn) => engine.charge({ ...charge, txn }),
        )
        await expect(work).rejects.toThrow()
        expect(await engine.queryBalance(userId)).toBe(90)
      })
    },
  )
}
