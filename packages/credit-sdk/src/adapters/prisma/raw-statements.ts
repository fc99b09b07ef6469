import type { ChargeCommand, ChargeOutcome } from '../../storage/commands.ts'
import { chargeOnPostgres } from '../sql/charge-postgres.ts'
import { DIALECTS, type Dialect } from '../sql/dialect.ts'
import { type Fragment, sql } from '../sql/fragment.ts'
import type { ResolvedMapping } from '../sql/mapping.ts'
import type { Connection, Executor } from '../sql/statements.ts'
import { addCredits, type Where } from './balances.ts'
import { databaseNames } from './database-names.ts'

/** A client that runs SQL as it is, as every one for an SQL database does. */
type RawClient = { $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown> }

/** What PostgreSQL is asked by statements of ours instead of Prisma's models. */
export class RawStatements {
  readonly #tables: ResolvedMapping
  #isPrecise: Promise<boolean> | undefined

  private constructor(tables: ResolvedMapping) {
    this.#tables = tables
  }

  /** @returns undefined for a client that does not say how its models are called in the database */
  static of(prisma: object, mapping: ResolvedMapping): RawStatements | undefined {
    const tables = databaseNames(prisma, mapping)
    return tables && isRawClient(prisma) ? new RawStatements(tables) : undefined
  }

  on(client: object): Executor {
    return { on: connectionOf(client), dialect: IN_UTC, mapping: this.#tables }
  }

  /** A charge in one round trip, where the models would take eight and a transaction. */
  charge(where: Where, command: ChargeCommand): Promise<ChargeOutcome> {
    const open = async () =>
      where.mapping.users !== undefined && (await addCredits(where, command.userId, 0)) !== null
    return chargeOnPostgres(this.on(where.client), command, open)
  }

  /**
   * Whether the ledger tells microseconds apart. In one statement the row's id is older than the lock, so only its time
   * orders it among the rows of the same user.
   */
  tellsMicroseconds(client: object): Promise<boolean> {
    this.#isPrecise ??= readPrecision(this.on(client)).catch((error: unknown) => {
      this.#isPrecise = undefined
      throw error
    })
    return this.#isPrecise
  }
}

/** Prisma writes and reads times without a zone, in UTC, whatever that of the session is. */
const IN_UTC: Dialect = {
  ...DIALECTS.postgres,
  date: (value) => value.toISOString().replace('T', ' ').replace('Z', ''),
  clock: sql`(clock_timestamp() at time zone 'UTC')`,
}

async function readPrecision({ on, mapping: { transactions } }: Executor): Promise<boolean> {
  const table = transactions.table.split('.').map(quote).join('.')
  const [row] = await on.rows(sql`
    select atttypmod as precision from pg_attribute
    where attrelid = cast(cast(${table} as text) as regclass) and attname = ${transactions.createdAt}`)
  return row?.precision === -1 || row?.precision === 6
}

function connectionOf(client: object): Connection {
  if (!isRawClient(client)) throw new TypeError('txn is no transaction of Prisma.')
  const rows: Connection['rows'] = async (statement) => {
    const { text, values } = toText(statement)
    const result = await client.$queryRawUnsafe(text, ...values)
    return Array.isArray(result) ? result : []
  }
  return { rows, count: async (statement) => (await rows(statement)).length }
}

function isRawClient(client: object): client is RawClient {
  return typeof Reflect.get(client, '$queryRawUnsafe') === 'function'
}

function toText({ chunks }: Fragment): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const parts = chunks.map((chunk) => {
    if ('text' in chunk) return chunk.text
    if ('column' in chunk) return quote(chunk.column)
    if ('table' in chunk) return chunk.table.split('.').map(quote).join('.')
    return `$${values.push(chunk.value)}`
  })
  return { text: parts.join(''), values }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
