import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import {
  createMariaDb,
  createPostgres,
  createSqlite,
  insertUser,
  type TestDatabase,
} from '../testing/databases.ts'

const mapping = {
  balances: { table: 'organizations', createdAt: null, updatedAt: null },
  users: { table: 'members', balanceId: 'organization_id' },
}
const mariadb = inject('mariadb')
const databases: [string, boolean, () => Promise<TestDatabase>][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres'))],
  ['MariaDB', mariadb.url !== null, () => createMariaDb(mariadb.url ?? '')],
  ['SQLite', true, createSqlite],
]

for (const [name, isHere, create] of databases) {
  describe.skipIf(!isHere)(`credits of an organization, on ${name}`, () => {
    let database: TestDatabase
    let engine: CreditsEngine
    let ada: string
    let ben: string

    beforeAll(async () => {
      database = await create()
      const { db, dialect } = database
      const id = dialect === 'mysql' ? 'varchar(255)' : 'text'
      await database.run(`
        create table organizations (id ${id} primary key, name ${id});
        create table members (id ${id} primary key, organization_id ${id} not null, foreign key (organization_id) references organizations (id));`)
      await database.run(createMigration({ dialect, mapping, isExistingTable: true }).up)
      engine = new CreditsEngine({
        storage: new KyselyAdapter({ db, dialect, mapping }),
        config: { costs: { act: { default: 10, team: 8 } }, membership: { tiers: { team: 1 } } },
      })
      const organization = await insertUser(database, 'organizations', {
        credits: 100,
        membership_tier: 'team',
      })
      ada = await insertUser(database, 'members', { organization_id: organization })
      ben = await insertUser(database, 'members', { organization_id: organization })
    })
    afterAll(() => database?.drop())

    test('are spent by every member, who stays in the ledger row', async () => {
      await engine.charge({ userId: ada, action: 'act' })
      await engine.charge({ userId: ben, action: 'act' })
      expect(await engine.queryBalance(ada)).toBe(84)
      expect(await engine.getHistory(ben)).toMatchObject([
        { userId: ben, balanceBefore: 92, balanceAfter: 84 },
      ])
    })

    test('keep the keys of two members apart', async () => {
      const charge = (userId: string) => engine.charge({ userId, action: 'act', idempotencyKey: 'same' })
      const [a, b] = [await charge(ada), await charge(ben)]
      expect(a.transactionId).not.toBe(b.transactionId)
      expect((await charge(ada)).transactionId).toBe(a.transactionId)
    })

    test('are never overdrawn by members at once', async () => {
      const charges = Array.from({ length: 20 }, (_, index) =>
        engine.charge({ userId: index % 2 ? ada : ben, action: 'act' }),
      )
      const outcomes = await Promise.allSettled(charges)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
      expect(await engine.queryBalance(ada)).toBe(4)
    })
  })
}
