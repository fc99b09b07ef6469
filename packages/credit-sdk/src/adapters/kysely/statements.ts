import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { ResolvedMapping } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import type { Dialect } from './dialect.ts'

/** What the statements are made and run with. */
export type Executor = { on: QueryExecutorProvider; dialect: Dialect; mapping: ResolvedMapping }

/** `a as "x", b as "y"` for columns by the name the SDK has for them; null columns are NULL. */
export function columns(names: Readonly<Record<string, string | null>>): RawBuilder<unknown> {
  const parts = Object.entries(names).map(([alias, column]) => {
    if (column === null) return sql`null as ${sql.id(alias)}`
    return sql`${sql.id(column)} as ${sql.id(alias)}`
  })
  return sql.join(parts)
}

export async function rowsOf(on: QueryExecutorProvider, statement: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`${statement}`.execute(on)
  return rows
}

export async function countOf(on: QueryExecutorProvider, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(on)
  return Number(numAffectedRows ?? 0)
}

/** `insert into table (columns) values (values)`. */
export function insertInto(
  table: string,
  values: readonly (readonly [column: string, value: unknown])[],
): RawBuilder<unknown> {
  const names = sql.join(values.map(([column]) => sql.id(column)))
  return sql`insert into ${sql.table(table)} (${names}) values (${sql.join(values.map(([, value]) => value))})`
}
