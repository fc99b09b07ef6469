import { type Kysely, type Transaction as KyselyTransaction, type RawBuilder, sql } from 'kysely'
import { DIALECTS, type DialectName } from '../sql/dialect.ts'
import type { Fragment } from '../sql/fragment.ts'
import type { SqlMapping } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import { SqlAdapter } from '../sql/sql-adapter.ts'
import type { Connection } from '../sql/statements.ts'

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
export class KyselyAdapter<Database> extends SqlAdapter<KyselyTransaction<Database>> {
  readonly #db: Kysely<Database>

  constructor({ db, dialect, mapping }: KyselyAdapterOptions<Database>) {
    super(DIALECTS[dialect], mapping, new.target === KyselyAdapter)
    this.#db = db
  }

  transaction<T>(work: (txn: KyselyTransaction<Database>) => Promise<T>): Promise<T> {
    const transaction = this.#db.transaction()
    return (
      this.dialect.needsReadCommitted ? transaction.setIsolationLevel('read committed') : transaction
    ).execute(work)
  }

  protected connect(txn: KyselyTransaction<Database> | undefined): Connection {
    const on = txn ?? this.#db
    return {
      rows: async (statement) => (await toKysely(statement).execute(on)).rows,
      count: async (statement) => Number((await toKysely(statement).execute(on)).numAffectedRows ?? 0),
    }
  }
}

/** Names stay names, so that plugins of Kysely see them. */
function toKysely({ chunks }: Fragment): RawBuilder<Row> {
  const parts = chunks.map((chunk) => {
    if ('text' in chunk) return sql.raw(chunk.text)
    if ('column' in chunk) return sql.id(chunk.column)
    return 'table' in chunk ? sql.table(chunk.table) : sql.val(chunk.value)
  })
  return sql<Row>`${sql.join(parts, sql.raw(''))}`
}
