import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createPool } from '../../dev-stack/create-pool.ts'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { createMigration } from '../src/schema/index.ts'
import {
  type AnyTables,
  createPostgres,
  insertConformanceUser,
  type TestDatabase,
} from '../testing/databases.ts'

/** Clients that send another statement than they were given, and how often they did. */
function mutate(pool: pg.Pool, text: string, replacement: string): { replaced: number } {
  const counts = { replaced: 0 }
  pool.on('connect', (client) => {
    const query: unknown = client.query
    if (typeof query !== 'function') return
    Object.assign(client, {
      query: (...[statement, ...rest]: unknown[]): unknown => {
        if (typeof statement !== 'string' || !statement.includes(text))
          return query.call(client, statement, ...rest)
        counts.replaced += 1
        return query.call(client, statement.replace(text, replacement), ...rest)
      },
    })
  })
  return counts
}

describe('of the statement that charges on PostgreSQL, the conformance suite finds', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createPostgres(inject('postgres'))
    // Nothing but the statement shall hold a balance above 0.
    await database.run(createMigration({ dialect: 'postgres' }).up.replace('check (credits >= 0)', ''))
  })
  afterAll(() => database?.drop())

  const createUser = (user: ConformanceUser) => insertConformanceUser(database, user)

  test.each([
    ['no lock', 'for no key update of b', '', 'a charge that waits for the last credits'],
    [
      'no floor',
      'and priced.credits >= priced.cost',
      '',
      'a balance that was never opened is 0, and no unknown user',
    ],
    [
      'a floor that looks at the row as it was before the lock',
      'and priced.credits >= priced.cost',
      'and b.credits >= priced.cost',
      'a charge that waits for a grant',
    ],
    [
      'a key that charges whether it was taken or not',
      'from priced , claimed',
      'from priced',
      'one key 20 times at once',
    ],
    ['a membership that never ends', '> $', '<> $', 'an expired tier is none, for price and access'],
  ])('%s', async (_, text, replacement, check) => {
    const pool = createPool({ connectionString: database.url, max: 30 })
    const counts = mutate(pool, text, replacement)
    const db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool }) })
    const results = await conformance(new KyselyAdapter({ db, dialect: 'postgres' }), { createUser })
    await db.destroy()
    expect(counts.replaced).toBeGreaterThan(0)
    const failed = results.filter(({ status }) => status === 'failed').map(({ name }) => name)
    expect(failed).toContain(check)
  })
})
