import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { createMigration } from '../src/schema/index.ts'
import { createPostgres, insertConformanceUser, type TestDatabase } from '../testing/databases.ts'
import { LegacyAdapterWithTransaction, LegacyDatabaseAdapter } from '../testing/literal-adapter.ts'

describe('an adapter written as in guide 000', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createPostgres(inject('postgres'))
    // The guide's tables have no constraint that would stop a balance below 0.
    await database.run(createMigration({ dialect: 'postgres' }).up.replace('check (credits >= 0)', ''))
  })
  afterAll(() => database?.drop())

  const createUser = (user: ConformanceUser) => insertConformanceUser(database, user)

  test('is refused: it has no transaction', async () => {
    expect(await conformance(new LegacyDatabaseAdapter(database.db), { createUser })).toEqual([
      {
        name: 'a transaction',
        status: 'failed',
        sentence:
          'The adapter has no transaction(work): balance, ledger row and key are written apart, so a charge can be lost, doubled or half done.',
      },
    ])
  })

  test('with a transaction that it does not use, is told what is unsafe', async () => {
    const results = await conformance(new LegacyAdapterWithTransaction(database.db), { createUser })
    const sentences = Object.fromEntries(
      results.flatMap((result) => (result.status === 'failed' ? [[result.name, result.sentence]] : [])),
    )
    expect(sentences['a floor holds an update back']).toBe(
      '11 credits were taken from a balance of 10, though the floor was 0. updateUserCredits must be one conditional update: set credits = credits + :amount where credits + :amount >= :floor.',
    )
    expect(sentences['20 parallel charges of 10 from 100']).toMatch(/were sold|must stay locked/)
    expect(sentences["a rollback of the caller's transaction takes everything back"]).toContain(
      'transaction must be a real one',
    )
  })
})
