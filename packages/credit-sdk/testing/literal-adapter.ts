import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { IStorageAdapter, User } from '../src/index.ts'
import { MockAdapter } from '../src/index.ts'
import type { AnyTables } from './databases.ts'

/**
 * The adapter of guide 000, "Approach 2", on the tables of the migration: it reads the user, then increments, without a
 * floor, and takes `txn` without using it. What the guide leaves out ("Implement other methods…") is kept in memory.
 */
export class LegacyDatabaseAdapter {
  readonly #db: Kysely<AnyTables>
  readonly #rest = new MockAdapter()

  constructor(db: Kysely<AnyTables>) {
    this.#db = db
  }

  async getUserById(userId: string): Promise<User | null> {
    const account = await this.#db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
    if (!account) return null
    return {
      id: userId,
      credits: Number(account.credits || 0),
      membershipTier: account.membership_tier,
      membershipExpiresAt: account.membership_expires_at,
      createdAt: account.created_at,
      updatedAt: account.updated_at,
    }
  }

  async updateUserCredits(userId: string, amount: number): Promise<User | null> {
    const account = await this.getUserById(userId)
    if (!account) return null
    const credits = account.credits + amount
    await this.#db.updateTable('users').set({ credits }).where('id', '=', userId).execute()
    return { ...account, credits }
  }

  createTransaction: IStorageAdapter['createTransaction'] = (input) =>
    this.#rest.createTransaction({ ...input, id: randomUUID() })
  getTransactions: IStorageAdapter['getTransactions'] = (userId, filter) =>
    this.#rest.getTransactions(userId, filter)
  getTransactionById: IStorageAdapter['getTransactionById'] = (id) => this.#rest.getTransactionById(id)
  getRefundedAmount: IStorageAdapter['getRefundedAmount'] = (id) => this.#rest.getRefundedAmount(id)
  createAuditLog: IStorageAdapter['createAuditLog'] = (input) => this.#rest.createAuditLog(input)
  getIdempotencyRecord: IStorageAdapter['getIdempotencyRecord'] = (key) =>
    this.#rest.getIdempotencyRecord(key)
  createIdempotencyRecord: IStorageAdapter['createIdempotencyRecord'] = (record) =>
    this.#rest.createIdempotencyRecord(record)
  deleteExpiredIdempotencyRecords: IStorageAdapter['deleteExpiredIdempotencyRecords'] = (before) =>
    this.#rest.deleteExpiredIdempotencyRecords(before)

  async updateUserMembership(userId: string, tier: string | null, credits: number): Promise<User | null> {
    await this.#db
      .updateTable('users')
      .set({ credits, membership_tier: tier })
      .where('id', '=', userId)
      .execute()
    return this.getUserById(userId)
  }
}

/** The same with a transaction, which its methods do not use, as the guide's do not. */
export class LegacyAdapterWithTransaction extends LegacyDatabaseAdapter implements IStorageAdapter {
  transaction<T>(work: (txn: unknown) => Promise<T>): Promise<T> {
    return work({})
  }
}
