import { newId } from '../../engine/new-id.ts'
import type { AuditLog, IdempotencyRecord, Transaction, User } from '../../records.ts'
import type {
  CreditsUpdate,
  IStorageAdapter,
  NewAuditLog,
  NewTransaction,
  TransactionFilter,
} from '../../storage/adapter.ts'
import { Queue } from '../queue.ts'
import { Overlay } from './overlay.ts'

/** What a user may be made of. A balance of null is one that was never opened. */
export type MockUser = Partial<Omit<User, 'id' | 'credits'>> & { id: string; credits?: number | null }

type StoredUser = Omit<User, 'credits'> & { credits: number | null }

type Tables = {
  users: Map<string, StoredUser>
  transactions: Map<string, Transaction>
  auditLogs: Map<string, AuditLog>
  keys: Map<string, IdempotencyRecord>
}

/** An open transaction of the {@link MockAdapter}: what it has changed, and nobody else sees yet. */
export type MockTransaction = {
  readonly [Name in keyof Tables]: Overlay<Tables[Name] extends Map<string, infer Row> ? Row : never>
}

/**
 * Keeps everything in memory, for tests and first steps. Transactions are real: they run one after the other, and a
 * rejected one leaves no trace. So a write without `txn` inside of a transaction waits for its own end, forever.
 */
export class MockAdapter implements IStorageAdapter<MockTransaction> {
  readonly #tables: Tables = {
    users: new Map(),
    transactions: new Map(),
    auditLogs: new Map(),
    keys: new Map(),
  }
  readonly #queue = new Queue()

  constructor(users: readonly MockUser[] = []) {
    for (const user of users) this.addUser(user)
  }

  addUser({ id, credits = 0, ...fields }: MockUser): void {
    const now = new Date()
    const empty = { membershipTier: null, membershipExpiresAt: null, createdAt: now, updatedAt: now }
    this.#tables.users.set(id, { ...empty, ...fields, id, credits })
  }

  /** Every row of the audit log, oldest first. */
  listAuditLogs(): AuditLog[] {
    return [...this.#tables.auditLogs.values()]
  }

  transaction<T>(work: (txn: MockTransaction) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const txn: MockTransaction = this.#open()
      const result = await work(txn)
      for (const overlay of [txn.users, txn.transactions, txn.auditLogs, txn.keys]) overlay.commit()
      return result
    })
  }

  async getUserById(userId: string, txn: MockTransaction = this.#open()): Promise<User | null> {
    const user = txn.users.get(userId)
    return user ? { ...user, credits: user.credits ?? 0 } : null
  }

  updateUserCredits(
    userId: string,
    amount: number,
    txn?: MockTransaction,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    return this.#write(txn, ({ users }) => {
      const user = users.get(userId)
      const credits = (user?.credits ?? 0) + amount
      if (!user || (floor !== undefined && credits < floor)) return null
      const updated = { ...user, credits, updatedAt: new Date() }
      users.set(userId, updated)
      return { ...updated }
    })
  }

  updateUserMembership(
    userId: string,
    membershipTier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: MockTransaction,
  ): Promise<User | null> {
    return this.#write(txn, ({ users }) => {
      const user = users.get(userId)
      if (!user) return null
      const membershipExpiresAt = expiresAt === undefined ? user.membershipExpiresAt : expiresAt
      const updated = { ...user, membershipTier, membershipExpiresAt, credits, updatedAt: new Date() }
      users.set(userId, updated)
      return { ...updated }
    })
  }

  createTransaction({ kind: _, ...input }: NewTransaction, txn?: MockTransaction): Promise<Transaction> {
    return this.#write(txn, ({ transactions }) => {
      const row = { ...structuredClone(input), id: input.id ?? newId(), createdAt: new Date() }
      transactions.set(row.id, row)
      return row
    })
  }

  async getTransactions(
    userId: string,
    filter: TransactionFilter,
    txn: MockTransaction = this.#open(),
  ): Promise<Transaction[]> {
    const { limit = Number.POSITIVE_INFINITY, offset = 0, startDate, endDate, action } = filter
    return txn.transactions
      .entries()
      .map(([, row]) => row)
      .filter((row) => row.userId === userId && (action === undefined || row.action === action))
      .filter((row) => (!startDate || row.createdAt >= startDate) && (!endDate || row.createdAt < endDate))
      .reverse()
      .slice(offset, offset + limit)
  }

  async getTransactionById(
    transactionId: string,
    txn: MockTransaction = this.#open(),
  ): Promise<Transaction | null> {
    return txn.transactions.get(transactionId) ?? null
  }

  async getRefundedAmount(transactionId: string, txn: MockTransaction = this.#open()): Promise<number> {
    const refunds = txn.transactions.entries().filter(([, row]) => row.refundOf === transactionId)
    return refunds.reduce((sum, [, row]) => sum + row.amount, 0)
  }

  createAuditLog(input: NewAuditLog, txn?: MockTransaction): Promise<AuditLog> {
    return this.#write(txn, ({ auditLogs }) => {
      const row = { ...structuredClone(input), id: newId(), createdAt: new Date() }
      auditLogs.set(row.id, row)
      return row
    })
  }

  async getIdempotencyRecord(
    key: string,
    txn: MockTransaction = this.#open(),
  ): Promise<IdempotencyRecord | null> {
    return txn.keys.get(key) ?? null
  }

  createIdempotencyRecord(
    record: IdempotencyRecord,
    txn?: MockTransaction,
  ): Promise<IdempotencyRecord | null> {
    return this.#write(txn, ({ keys }) => {
      const earlier = keys.get(record.key)
      if (earlier && earlier.expiresAt > record.createdAt) return null
      keys.set(record.key, structuredClone(record))
      return record
    })
  }

  deleteExpiredIdempotencyRecords(before: Date, txn?: MockTransaction): Promise<number> {
    return this.#write(txn, ({ keys }) => {
      const expired = keys.entries().filter(([, record]) => record.expiresAt < before)
      for (const [key] of expired) keys.delete(key)
      return expired.length
    })
  }

  #open(): MockTransaction {
    const { users, transactions, auditLogs, keys } = this.#tables
    return {
      users: new Overlay(users),
      transactions: new Overlay(transactions),
      auditLogs: new Overlay(auditLogs),
      keys: new Overlay(keys),
    }
  }

  #write<T>(txn: MockTransaction | undefined, work: (txn: MockTransaction) => T): Promise<T> {
    return txn ? Promise.resolve(work(txn)) : this.transaction(async (own) => work(own))
  }
}
