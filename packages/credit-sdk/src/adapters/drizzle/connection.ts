import { type SQL, sql } from 'drizzle-orm'
import type { Fragment } from '../sql/fragment.ts'
import type { Row } from '../sql/row.ts'
import type { Connection } from '../sql/statements.ts'

/** A Drizzle database, or the transaction that it hands to its work: PostgreSQL and MySQL execute, SQLite runs and reads. */
export type DrizzleConnection =
  | { execute(query: SQL): unknown }
  | { run(query: SQL): unknown; all(query: SQL): unknown }

/** Runs statements through whatever driver Drizzle was given: each has its own way to say rows and counts. */
export function connectionOf(on: DrizzleConnection): Connection {
  return {
    rows: async (statement) => {
      const query = toDrizzle(statement)
      return rowsIn(await ('all' in on ? on.all(query) : on.execute(query)))
    },
    count: async (statement) => {
      const query = toDrizzle(statement)
      return countIn(await ('run' in on ? on.run(query) : on.execute(query)))
    },
  }
}

function toDrizzle({ chunks }: Fragment): SQL {
  const parts = chunks.map((chunk) => {
    if ('text' in chunk) return sql.raw(chunk.text)
    if ('column' in chunk) return sql`${sql.identifier(chunk.column)}`
    if ('value' in chunk) return sql`${sql.param(chunk.value)}`
    return sql.join(
      chunk.table.split('.').map((part) => sql.identifier(part)),
      sql.raw('.'),
    )
  })
  return sql.join(parts)
}

/** `{ rows }` of node-postgres and its kin, `[rows, fields]` of mysql2, or the rows themselves. */
function rowsIn(result: unknown): Row[] {
  const rows: unknown = Array.isArray(result) ? result : Reflect.get(Object(result), 'rows')
  if (!Array.isArray(rows)) return []
  const [first] = rows
  return (Array.isArray(first) ? first : rows).filter(isRow)
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null
}

const COUNTS = ['rowCount', 'affectedRows', 'rowsAffected', 'changes', 'count']

function countIn(result: unknown): number {
  const header: unknown = Array.isArray(result) && result.length > 0 ? result[0] : result
  for (const name of COUNTS) {
    const count: unknown = Reflect.get(Object(header), name)
    if (count !== undefined && count !== null) return Number(count)
  }
  return 0
}
