import { sql } from 'drizzle-orm'
import { Queue } from '../queue.ts'
import { DIALECTS, type Dialect } from '../sql/dialect.ts'
import type { SqlMapping } from '../sql/mapping.ts'
import { SqlAdapter } from '../sql/sql-adapter.ts'
import type { Connection } from '../sql/statements.ts'
import { connectionOf, type DrizzleConnection } from './connection.ts'

/** A Drizzle database of PostgreSQL, MySQL or SQLite. */
export type DrizzleDatabase = DrizzleConnection & {
  transaction(work: (txn: DrizzleConnection) => Promise<void>, config?: object): unknown
}

export type DrizzleAdapterOptions = {
  /** Your own database. One of a synchronous driver, such as better-sqlite3, needs a connection of its own. */
  db: DrizzleDatabase
  dialect: 'postgres' | 'mysql' | 'sqlite'
  /** Your own tables and columns, by their names in the database; by default those of the migrations. */
  mapping?: SqlMapping
}

/**
 * Keeps credits through a Drizzle database. `txn` is what `db.transaction` hands to its work. A charge on PostgreSQL is
 * one round trip. Times are read and written as Drizzle's own columns do: in UTC.
 * @example new DrizzleAdapter({ db, dialect: 'postgres', mapping: creditMapping('general') })
 */
export class DrizzleAdapter extends SqlAdapter<DrizzleConnection> {
  readonly #db: DrizzleDatabase
  readonly #isSynchronous: boolean
  /** SQLite has one writer, and what waits here need not be refused by it. */
  readonly #queue: Queue | undefined

  constructor({ db, dialect, mapping }: DrizzleAdapterOptions) {
    super(WITH_DATES_AS_TEXT[dialect], mapping, new.target === DrizzleAdapter)
    this.#db = db
    this.#queue = dialect === 'sqlite' ? new Queue() : undefined
    this.#isSynchronous = Reflect.get(db, 'resultKind') === 'sync'
  }

  transaction<T>(work: (txn: DrizzleConnection) => Promise<T>): Promise<T> {
    const run = () => (this.#isSynchronous ? this.#transactByHand(work) : this.#transact(work))
    return this.#queue ? this.#queue.run(run) : run()
  }

  protected connect(txn: DrizzleConnection | undefined): Connection {
    const connection = connectionOf(txn ?? this.#db)
    if (txn || !this.#queue) return connection
    const queue = this.#queue
    return {
      rows: (statement) => queue.run(() => connection.rows(statement)),
      count: (statement) => queue.run(() => connection.count(statement)),
    }
  }

  async #transact<T>(work: (txn: DrizzleConnection) => Promise<T>): Promise<T> {
    const results: T[] = []
    const config = this.dialect.needsReadCommitted ? { isolationLevel: 'read committed' } : undefined
    await this.#db.transaction(async (txn) => {
      results.push(await work(txn))
    }, config)
    for (const result of results) return result
    throw new Error('The transaction ended without its work.')
  }

  /** Drizzle's own transaction takes no asynchronous work where the driver is synchronous. */
  async #transactByHand<T>(work: (txn: DrizzleConnection) => Promise<T>): Promise<T> {
    const db = this.#db
    if (!('run' in db)) throw new Error('The database cannot run statements.')
    db.run(sql.raw('begin immediate'))
    try {
      const result = await work(db)
      db.run(sql.raw('commit'))
      return result
    } catch (error) {
      db.run(sql.raw('rollback'))
      throw error
    }
  }
}

const WITH_DATES_AS_TEXT: Readonly<Record<DrizzleAdapterOptions['dialect'], Dialect>> = {
  postgres: { ...DIALECTS.postgres, date: (value) => value.toISOString() },
  mysql: { ...DIALECTS.mysql, date: (value) => value.toISOString().replace('T', ' ').replace('Z', '') },
  sqlite: DIALECTS.sqlite,
}
