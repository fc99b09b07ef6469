import { newId } from '../../engine/new-id.ts'
import { chargeBySteps } from '../../engine/steps.ts'
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
import type { ChargeCommand, ChargeOutcome } from '../../storage/commands.ts'
import { classifyFailure, isDuplicate } from '../sql/failures.ts'
import { insertTransaction } from '../sql/ledger.ts'
import { PRISMA_NAMES, type ResolvedMapping, resolveMapping, type SqlMapping } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import { toStoredResult } from '../sql/stored-result.ts'
import { toTimestamp } from '../sql/values.ts'
import { listUsersBefore, moveRows } from './archive.ts'
import { addCredits, readUser, setMembership, type Where } from './balances.ts'
import { type Delegate, modelOf, type PrismaClientLike, type Provider, providerOf } from './client.ts'
import { findTransaction, findTransactions, sumRefunds } from './ledger.ts'
import { RawStatements } from './raw-statements.ts'
import { refuseColumnsOfSql } from './refuse-columns.ts'
import { idWriter, type UserIdType } from './user-id.ts'

export type PrismaAdapterOptions = {
  /** Your own models and fields. `table` is the model as the client has it, as in `prisma.user`. */
  mapping?: SqlMapping
  /** What the ids of your users are: `String` (by default), `Int`, or `BigInt` in the schema. */
  userId?: UserIdType
  /** How long a transaction may wait for a connection, and take, in milliseconds. */
  maxWait?: number
  timeout?: number
}

/**
 * Keeps credits through a client of Prisma 7. `txn` is what `prisma.$transaction` hands to its work. A charge on
 * PostgreSQL is one raw statement, which extensions of the client for model queries do not see, where the ledger's
 * `createdAt` has microseconds (`@db.Timestamp(6)`); elsewhere it goes step by step.
 * @example new PrismaAdapter(prisma)
 */
export class PrismaAdapter implements IStorageAdapter<object> {
  readonly #prisma: PrismaClientLike
  readonly #mapping: ResolvedMapping
  readonly #provider: Provider
  readonly #writeId: (userId: string) => unknown
  readonly #options: object
  readonly archive: LedgerArchive<object> = {
    listUsers: (before, page) => listUsersBefore(this.#in(undefined), before, page),
    moveRows: (userId, before, txn) => moveRows(this.#in(txn), userId, before),
  }
  readonly #raw: RawStatements | undefined
  readonly applyCharge: IStorageAdapter<object>['applyCharge']

  /** @throws ConfigurationError for a mapping with fixed columns, totals or types of rows */
  constructor(
    prisma: PrismaClientLike,
    { mapping, userId = 'String', maxWait = 10_000, timeout = 20_000 }: PrismaAdapterOptions = {},
  ) {
    refuseColumnsOfSql(mapping)
    this.#prisma = prisma
    this.#mapping = resolveMapping(mapping, PRISMA_NAMES)
    this.#provider = providerOf(prisma)
    this.#writeId = idWriter(userId)
    // What is read after a lock must be what is there then. SQLite has one writer and no such levels.
    const isolation = this.#provider === 'mysql' ? { isolationLevel: 'ReadCommitted' } : {}
    this.#options = { maxWait, timeout, ...isolation }
    this.#raw = this.#provider === 'postgresql' ? RawStatements.of(prisma, this.#mapping) : undefined
    // A class of yours may have changed the steps.
    if (this.#raw && new.target === PrismaAdapter)
      this.applyCharge = (command, txn) => this.#charge(command, txn)
  }

  async transaction<T>(work: (txn: object) => Promise<T>): Promise<T> {
    const results: T[] = []
    await this.#prisma.$transaction(async (txn) => {
      results.push(await work(txn))
    }, this.#options)
    for (const result of results) return result
    throw new Error('The transaction ended without its work.')
  }

  getUserById(userId: string, txn?: object): Promise<User | null> {
    return readUser(this.#in(txn), userId)
  }

  updateUserCredits(
    userId: string,
    amount: number,
    txn?: object,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    if (!txn) return this.transaction((own) => this.updateUserCredits(userId, amount, own, { floor }))
    return addCredits(this.#in(txn), userId, amount, floor)
  }

  updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: object,
  ): Promise<User | null> {
    return setMembership(this.#in(txn), userId, { tier, credits, expiresAt })
  }

  async createTransaction({ kind: _, ...input }: NewTransaction, txn?: object): Promise<Transaction> {
    // By the clock of the database, as a charge in one statement, so that their order is that of their locks.
    if (this.#raw) return insertTransaction(this.#raw.on(txn ?? this.#prisma), input)
    const names = this.#mapping.transactions
    const row = { ...input, id: input.id ?? newId(), createdAt: new Date() }
    await this.#model(names.table, txn).create({
      data: {
        [names.id]: row.id,
        [names.userId]: this.#writeId(row.userId),
        [names.action]: row.action,
        [names.amount]: row.amount,
        [names.balanceBefore]: row.balanceBefore,
        [names.balanceAfter]: row.balanceAfter,
        [names.refundOf]: row.refundOf ?? null,
        [names.metadata]: this.#json(row.metadata),
        [names.createdAt]: row.createdAt,
      },
    })
    return row
  }

  getTransactions(userId: string, filter: TransactionFilter, txn?: object): Promise<Transaction[]> {
    return findTransactions(this.#in(txn), userId, filter)
  }

  getTransactionById(id: string, txn?: object): Promise<Transaction | null> {
    return findTransaction(this.#in(txn), id)
  }

  getRefundedAmount(id: string, txn?: object): Promise<number> {
    return sumRefunds(this.#in(txn), id)
  }

  async createAuditLog(input: NewAuditLog, txn?: object): Promise<AuditLog> {
    const names = this.#mapping.auditLogs
    const row = { ...input, id: newId(), createdAt: new Date() }
    await this.#model(names.table, txn).create({
      data: {
        [names.id]: row.id,
        [names.userId]: this.#writeId(row.userId),
        [names.action]: row.action,
        [names.status]: row.status,
        [names.metadata]: this.#json(row.metadata),
        [names.errorMessage]: row.errorMessage ?? null,
        [names.createdAt]: row.createdAt,
      },
    })
    return row
  }

  async getIdempotencyRecord(key: string, txn?: object): Promise<IdempotencyRecord | null> {
    const names = this.#mapping.idempotencyRecords
    const row = await this.#model(names.table, txn).findUnique({ where: { [names.key]: key } })
    if (!row) return null
    return {
      key,
      result: toStoredResult(row[names.result]),
      createdAt: toTimestamp(row[names.createdAt]),
      expiresAt: toTimestamp(row[names.expiresAt]),
    }
  }

  async createIdempotencyRecord(record: IdempotencyRecord, txn?: object): Promise<IdempotencyRecord | null> {
    const names = this.#mapping.idempotencyRecords
    const model = this.#model(names.table, txn)
    const { key, createdAt, expiresAt } = record
    const data = {
      [names.result]: this.#json(record.result),
      [names.createdAt]: createdAt,
      [names.expiresAt]: expiresAt,
    }
    if (await this.#insertUnlessThere(model, { [names.key]: key, ...data })) return record
    const isExpired = { [names.expiresAt]: { lte: createdAt } }
    const { count } = await model.updateMany({ where: { [names.key]: key, ...isExpired }, data })
    return count > 0 ? record : null
  }

  async deleteExpiredIdempotencyRecords(before: Date, txn?: object): Promise<number> {
    const names = this.#mapping.idempotencyRecords
    const where = { [names.expiresAt]: { lt: before } }
    return (await this.#model(names.table, txn).deleteMany({ where })).count
  }

  classifyError(error: unknown): StorageFailure | undefined {
    return classifyFailure(error)
  }

  async #charge(command: ChargeCommand, txn?: object): Promise<ChargeOutcome> {
    const where = this.#in(txn)
    if (this.#writeId(command.userId) === null) return { status: 'user-not-found' }
    if (this.#raw && (await this.#raw.tellsMicroseconds(where.client)))
      return this.#raw.charge(where, command)
    return txn
      ? chargeBySteps(this, command, txn)
      : this.transaction((own) => chargeBySteps(this, command, own))
  }

  /** PostgreSQL ends a transaction in which a row was there already, so it has to be asked to skip it. */
  async #insertUnlessThere(model: Delegate, data: Row): Promise<boolean> {
    if (this.#canSkip()) return (await model.createMany({ data: [data], skipDuplicates: true })).count > 0
    try {
      await model.create({ data })
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }

  #canSkip(): boolean {
    return this.#provider !== 'sqlite' && this.#provider !== 'sqlserver'
  }

  #in(txn: object | undefined): Where {
    return {
      client: txn ?? this.#prisma,
      mapping: this.#mapping,
      canSkip: this.#canSkip(),
      writeId: this.#writeId,
      writeJson: (value) => this.#json(value),
    }
  }

  #model(name: string, txn: object | undefined): Delegate {
    return modelOf(txn ?? this.#prisma, name)
  }

  /** Prisma has no Json for SQL Server. */
  #json(value: unknown): unknown {
    return this.#provider === 'sqlserver' ? JSON.stringify(value) : value
  }
}
