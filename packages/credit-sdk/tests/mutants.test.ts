import type { Transaction } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import type { CreditsUpdate } from '../src/index.ts'
import { createMigration } from '../src/schema/index.ts'
import {
  type AnyTables,
  createPostgres,
  insertConformanceUser,
  type TestDatabase,
} from '../testing/databases.ts'

type Txn = Transaction<AnyTables>

/** Goes step by step, as every adapter without `applyCharge` does. */
class StepByStep extends KyselyAdapter<AnyTables> {
  override readonly applyCharge = undefined
}

class NoFloor extends StepByStep {
  override updateUserCredits(userId: string, amount: number, txn?: Txn) {
    return super.updateUserCredits(userId, amount, txn)
  }
}

class NoLock extends StepByStep {
  override updateUserCredits(userId: string, amount: number, txn?: Txn, options?: CreditsUpdate) {
    if (amount === 0) return this.getUserById(userId, txn)
    return super.updateUserCredits(userId, amount, txn, options)
  }
}

class KeyOutsideOfTheTransaction extends StepByStep {
  override createIdempotencyRecord(
    ...[record]: Parameters<KyselyAdapter<AnyTables>['createIdempotencyRecord']>
  ) {
    return super.createIdempotencyRecord(record)
  }
}

class LedgerOutsideOfTheTransaction extends StepByStep {
  override createTransaction(...[input]: Parameters<KyselyAdapter<AnyTables>['createTransaction']>) {
    return super.createTransaction(input)
  }
}

class ForgetfulKeys extends StepByStep {
  override async getIdempotencyRecord() {
    return null
  }
}

describe('the conformance suite finds', () => {
  let database: TestDatabase

  beforeAll(async () => {
    // Some need two connections at once, and would wait for each other.
    database = await createPostgres(inject('postgres'), 150)
    // Without foreign keys, which would make some mutants wait for themselves.
    const { up } = createMigration({ dialect: 'postgres' })
    await database.run(up.replaceAll('references users (id) on delete cascade', ''))
  })
  afterAll(() => database?.drop())

  const createUser = (user: ConformanceUser) => insertConformanceUser(database, user)

  test.each([
    ['nothing in the adapter as it is', StepByStep, []],
    ['an update without a floor', NoFloor, ['a floor holds an update back']],
    ['a lock that is none', NoLock, ['a row stays locked once it was touched']],
    [
      'a key stored outside of the transaction',
      KeyOutsideOfTheTransaction,
      ["a rollback of the caller's transaction takes everything back"],
    ],
    [
      'a ledger row written outside of the transaction',
      LedgerOutsideOfTheTransaction,
      ["a rollback of the caller's transaction takes everything back"],
    ],
    [
      'keys that are not looked up',
      ForgetfulKeys,
      ['one key 20 times at once', 'a repeated key gets the first result'],
    ],
  ])('%s', async (_, Mutant, expected) => {
    const adapter = new Mutant({ db: database.db, dialect: 'postgres' })
    const results = await conformance(adapter, { createUser })
    const failed = results.filter(({ status }) => status === 'failed').map(({ name }) => name)
    if (expected.length === 0) expect(failed).toEqual([])
    expect(failed).toEqual(expect.arrayContaining([...expected]))
  })
})
