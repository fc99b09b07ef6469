import type { AuditLog, IdempotencyRecord, Transaction, User } from '../../records.ts'
import type {
  CreditsUpdate,
  IStorageAdapter,
  NewAuditLog,
  NewTransaction,
  StorageFailure,
  TransactionFilter,
} from '../../storage/adapter.ts'
import type { LedgerArchive } from '../../storage/archive.ts'
import { listUsersBefore, moveRows } from './archive.ts'
import { addCredits, lockUser, openBalance, readUser, setMembership } from './balances.ts'
import { chargeOnPostgres } from './charge-postgres.ts'
import type { Dialect } from './dialect.ts'
import { classifyFailure } from './failures.ts'
import { deleteExpiredKeys, insertKey, selectKey } from './keys.ts'
import {
  insertAuditLog,
  insertTransaction,
  selectTransaction,
  selectTransactions,
  sumRefunds,
} from './ledger.ts'
import { type ResolvedMapping, resolveMapping, type SqlMapping } from './mapping.ts'
import type { Connection, Executor } from './statements.ts'

/** Credits in tables of SQL, whatever the driver: what an adapter adds is how it connects and how it begins. */
export abstract class SqlAdapter<Txn> implements IStorageAdapter<Txn> {
  protected readonly dialect: Dialect
  readonly #mapping: ResolvedMapping
  /** Tells the keys of two kinds of balances apart. */
  readonly scope: string | undefined
  readonly archive: LedgerArchive<Txn> = {
    listUsers: (before, page) => listUsersBefore(this.#in(undefined), before, page),
    moveRows: (userId, before, txn) => moveRows(this.#in(txn), userId, before),
  }
  readonly applyCharge: IStorageAdapter<Txn>['applyCharge']

  /** @param isWhole whether no subclass may have changed the steps, which a charge in one statement leaves out */
  constructor(dialect: Dialect, mapping: SqlMapping | undefined, isWhole: boolean) {
    this.dialect = dialect
    this.#mapping = resolveMapping(mapping)
    const kinds = Object.values(this.#mapping.balances.fixed)
    this.scope = kinds.length > 0 ? kinds.join() : undefined
    if (dialect.name !== 'postgres' || !isWhole) return
    this.applyCharge = (command, txn) => {
      const executor = this.#in(txn)
      return chargeOnPostgres(executor, command, () => openBalance(executor, command.userId))
    }
  }

  abstract transaction<T>(work: (txn: Txn) => Promise<T>): Promise<T>

  /** The open transaction, or the database outside of any. */
  protected abstract connect(txn: Txn | undefined): Connection

  getUserById(userId: string, txn?: Txn): Promise<User | null> {
    return readUser(this.#in(txn), userId)
  }

  updateUserCredits(
    userId: string,
    amount: number,
    txn?: Txn,
    options: CreditsUpdate = {},
  ): Promise<User | null> {
    if (txn === undefined)
      return this.transaction((own) => this.updateUserCredits(userId, amount, own, options))
    const isLock = amount === 0 && options.floor === undefined
    return isLock ? lockUser(this.#in(txn), userId) : addCredits(this.#in(txn), userId, amount, options)
  }

  updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: Txn,
  ): Promise<User | null> {
    return setMembership(this.#in(txn), userId, { tier, credits, expiresAt })
  }

  createTransaction(input: NewTransaction, txn?: Txn): Promise<Transaction> {
    return insertTransaction(this.#in(txn), input)
  }

  getTransactions(userId: string, filter: TransactionFilter, txn?: Txn): Promise<Transaction[]> {
    return selectTransactions(this.#in(txn), userId, filter)
  }

  getTransactionById(id: string, txn?: Txn): Promise<Transaction | null> {
    return selectTransaction(this.#in(txn), id)
  }

  getRefundedAmount(id: string, txn?: Txn): Promise<number> {
    return sumRefunds(this.#in(txn), id)
  }

  createAuditLog(input: NewAuditLog, txn?: Txn): Promise<AuditLog> {
    return insertAuditLog(this.#in(txn), input)
  }

  getIdempotencyRecord(key: string, txn?: Txn): Promise<IdempotencyRecord | null> {
    return selectKey(this.#in(txn), key)
  }

  createIdempotencyRecord(record: IdempotencyRecord, txn?: Txn): Promise<IdempotencyRecord | null> {
    return insertKey(this.#in(txn), record)
  }

  deleteExpiredIdempotencyRecords(before: Date, txn?: Txn): Promise<number> {
    return deleteExpiredKeys(this.#in(txn), before)
  }

  classifyError(error: unknown): StorageFailure | undefined {
    return classifyFailure(error)
  }

  #in(txn: Txn | undefined): Executor {
    return { on: this.connect(txn), dialect: this.dialect, mapping: this.#mapping }
  }
}
