import type { AuditLog, IdempotencyRecord, OperationKind, Transaction, User } from '../records.ts'
import type { LedgerArchive } from './archive.ts'
import type {
  ChargeCommand,
  ChargeOutcome,
  CreditCommand,
  CreditOutcome,
  TierChangeCommand,
  TierChangeOutcome,
} from './commands.ts'

/**
 * A ledger row to write. The storage stamps it, after the lock was granted. `id` is a suggestion; `kind` is for a storage
 * that tells kinds of rows apart.
 */
export type NewTransaction = Omit<Transaction, 'id' | 'createdAt'> & { id?: string; kind?: OperationKind }

export type NewAuditLog = Omit<AuditLog, 'id' | 'createdAt'>

/** Which ledger rows, newest first. From `startDate` (inclusive) to `endDate` (exclusive). */
export type TransactionFilter = {
  limit?: number
  offset?: number
  startDate?: Date
  endDate?: Date
  action?: string
}

export type CreditsUpdate = {
  /** The balance that must remain, in credits. When it would not, nothing is changed and the result is null. */
  floor?: number
  /** What the update is for, for a storage that keeps totals. */
  kind?: OperationKind
}

/**
 * - `rolled-back`: the database has undone the whole transaction (deadlock, serialization failure, lock timeout).
 * - `connection-lost`: it may or may not have been committed.
 */
export type StorageFailure = 'rolled-back' | 'connection-lost'

/**
 * Where credits are kept. Three rules make an adapter safe; `conformance` checks them:
 * 1. `updateUserCredits` is one conditional update, never a read followed by a write.
 * 2. `transaction` is a real transaction of the database, and every method works in the one it is given.
 * 3. A row that `updateUserCredits` touched, even by 0, stays locked until that transaction ends.
 */
export interface IStorageAdapter<Txn = unknown> {
  /** Tells the keys of storages that share a table of keys apart. */
  readonly scope?: string | undefined

  /** The user, or null if there is none. A balance that is NULL or missing reads as 0. */
  getUserById(userId: string, txn?: Txn): Promise<User | null>

  /**
   * Adds `amount` (negative takes away) if at least `floor` remains, in one statement:
   * `update … set credits = credits + :amount where id = :id and credits + :amount >= :floor`.
   * By 0 it locks the row. A NULL or missing balance is opened at 0 first.
   * @returns the user after it; null when there is no such user, or the floor forbids it
   */
  updateUserCredits(userId: string, amount: number, txn?: Txn, options?: CreditsUpdate): Promise<User | null>

  createTransaction(input: NewTransaction, txn?: Txn): Promise<Transaction>
  getTransactions(userId: string, filter: TransactionFilter, txn?: Txn): Promise<Transaction[]>
  getTransactionById(transactionId: string, txn?: Txn): Promise<Transaction | null>
  /** The credits that rows with this `refundOf` have given back so far. */
  getRefundedAmount(transactionId: string, txn?: Txn): Promise<number>

  createAuditLog(input: NewAuditLog, txn?: Txn): Promise<AuditLog>

  getIdempotencyRecord(key: string, txn?: Txn): Promise<IdempotencyRecord | null>
  /**
   * Stores the record. One that expired at or before `record.createdAt` is replaced.
   * @returns null, having changed nothing, when the key is in use
   */
  createIdempotencyRecord(record: IdempotencyRecord, txn?: Txn): Promise<IdempotencyRecord | null>
  /** @returns how many records that expired before `before` were deleted */
  deleteExpiredIdempotencyRecords(before: Date, txn?: Txn): Promise<number>

  /**
   * Sets tier and balance of a user that the same transaction has locked.
   * @param expiresAt null for never; undefined keeps what is there
   */
  updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: Txn,
  ): Promise<User | null>

  /** Runs `work` in a transaction: all of it is kept when `work` resolves, nothing when it rejects. */
  transaction<T>(work: (txn: Txn) => Promise<T>): Promise<T>

  /** What an error of the storage says about the transaction; undefined when nothing is known. */
  classifyError?(error: unknown): StorageFailure | undefined

  /** Where old ledger rows go, for a storage that can archive them. */
  readonly archive?: LedgerArchive<Txn>

  /** A whole charge at once, for a storage that can do it in fewer round trips than step by step. */
  applyCharge?(command: ChargeCommand, txn?: Txn): Promise<ChargeOutcome>
  applyCredit?(command: CreditCommand, txn?: Txn): Promise<CreditOutcome>
  applyTierChange?(command: TierChangeCommand, txn?: Txn): Promise<TierChangeOutcome>
}
