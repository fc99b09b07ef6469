import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import type { AuditLog, IdempotencyRecord, Transaction, User } from '../../records.ts'
import type {
  CreditsUpdate,
  IStorageAdapter,
  NewAuditLog,
  NewTransaction,
  StorageFailure,
  TransactionFilter,
} from '../../storage/adapter.ts'
import type { ChargeCommand, ChargeOutcome } from '../../storage/commands.ts'
import { classifyFailure } from '../sql/failures.ts'
import { type ResolvedMapping, resolveMapping, type SqlMapping } from '../sql/mapping.ts'
import { addCredits, lockUser, readUser, setMembership } from './balances.ts'
import { chargeOnPostgres } from './charge-postgres.ts'
import { DIALECTS, type Dialect, type DialectName } from './dialect.ts'
import { deleteExpiredKeys, insertKey, selectKey } from './keys.ts'
import {
  insertAuditLog,
  insertTransaction,
  selectTransaction,
  selectTransactions,
  sumRefunds,
} from './ledger.ts'
import type { Executor } from './statements.ts'

export type KyselyAdapterOptions<Database> = {
  /** Your own connection. */
  db: Kysely<Database>
  dialect: DialectName
  /** Your own tables and columns; by default those of the migrations. */
  mapping?: SqlMapping
}

/**
 * Keeps credits in an SQL database through Kysely: PostgreSQL, MySQL or MariaDB, SQLite; SQL Server is written but was
 * never run. A charge on PostgreSQL is one round trip.
 * @example new KyselyAdapter({ db, dialect: 'postgres', mapping: { balances: { table: 'accounts' } } })
 */
export class KyselyAdapter<Database> implements IStorageAdapter<KyselyTransaction<Database>> {
  readonly #db: Kysely<Database>
  readonly #dialect: Dialect
  readonly #mapping: ResolvedMapping
  readonly applyCharge: IStorageAdapter<KyselyTransaction<Database>>['applyCharge']

  constructor({ db, dialect, mapping }: KyselyAdapterOptions<Database>) {
    this.#db = db
    this.#dialect = DIALECTS[dialect]
    this.#mapping = resolveMapping(mapping)
    if (dialect === 'postgres') this.applyCharge = (command, txn) => this.#charge(command, txn)
  }

  transaction<T>(work: (txn: KyselyTransaction<Database>) => Promise<T>): Promise<T> {
    const transaction = this.#db.transaction()
    return (
      this.#dialect.needsReadCommitted ? transaction.setIsolationLevel('read committed') : transaction
    ).execute(work)
  }

  getUserById(userId: string, txn?: KyselyTransaction<Database>): Promise<User | null> {
    return readUser(this.#in(txn), userId)
  }

  updateUserCredits(
    userId: string,
    amount: number,
    txn?: KyselyTransaction<Database>,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    if (!txn) return this.transaction((own) => this.updateUserCredits(userId, amount, own, { floor }))
    const isLock = amount === 0 && floor === undefined
    return isLock ? lockUser(this.#in(txn), userId) : addCredits(this.#in(txn), userId, amount, floor)
  }

  updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: KyselyTransaction<Database>,
  ): Promise<User | null> {
    return setMembership(this.#in(txn), userId, { tier, credits, expiresAt })
  }

  createTransaction(input: NewTransaction, txn?: KyselyTransaction<Database>): Promise<Transaction> {
    return insertTransaction(this.#in(txn), input)
  }

  getTransactions(
    userId: string,
    filter: TransactionFilter,
    txn?: KyselyTransaction<Database>,
  ): Promise<Transaction[]> {
    return selectTransactions(this.#in(txn), userId, filter)
  }

  getTransactionById(id: string, txn?: KyselyTransaction<Database>): Promise<Transaction | null> {
    return selectTransaction(this.#in(txn), id)
  }

  getRefundedAmount(id: string, txn?: KyselyTransaction<Database>): Promise<number> {
    return sumRefunds(this.#in(txn), id)
  }

  createAuditLog(input: NewAuditLog, txn?: KyselyTransaction<Database>): Promise<AuditLog> {
    return insertAuditLog(this.#in(txn), input)
  }

  getIdempotencyRecord(key: string, txn?: KyselyTransaction<Database>): Promise<IdempotencyRecord | null> {
    return selectKey(this.#in(txn), key)
  }

  createIdempotencyRecord(
    record: IdempotencyRecord,
    txn?: KyselyTransaction<Database>,
  ): Promise<IdempotencyRecord | null> {
    return insertKey(this.#in(txn), record)
  }

  deleteExpiredIdempotencyRecords(before: Date, txn?: KyselyTransaction<Database>): Promise<number> {
    return deleteExpiredKeys(this.#in(txn), before)
  }

  classifyError(error: unknown): StorageFailure | undefined {
    return classifyFailure(error)
  }

  #charge(command: ChargeCommand, txn?: KyselyTransaction<Database>): Promise<ChargeOutcome> {
    return chargeOnPostgres(this.#in(txn), command)
  }

  #in(txn: KyselyTransaction<Database> | undefined): Executor {
    return { on: txn ?? this.#db, dialect: this.#dialect, mapping: this.#mapping }
  }
}
