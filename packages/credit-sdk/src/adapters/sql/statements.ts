import type { Dialect } from './dialect.ts'
import { column, type Fragment, join, sql, table } from './fragment.ts'
import type { ResolvedMapping } from './mapping.ts'
import type { Row } from './row.ts'

/** A database, or an open transaction of it, through whatever driver. */
export type Connection = {
  rows(statement: Fragment): Promise<Row[]>
  /** Runs a statement that returns no rows. @returns how many it found */
  count(statement: Fragment): Promise<number>
}

/** What the statements are made and run with. */
export type Executor = { on: Connection; dialect: Dialect; mapping: ResolvedMapping }

/** `a as "x", b as "y"` for columns by the name the SDK has for them; null columns are NULL. */
export function columns(names: Readonly<Record<string, string | null>>): Fragment {
  const parts = Object.entries(names).map(([alias, name]) => {
    if (name === null) return sql`null as ${column(alias)}`
    return sql`${column(name)} as ${column(alias)}`
  })
  return join(parts)
}

/** `insert into table (columns) values (values)`. */
export function insertInto(
  into: string,
  values: readonly (readonly [name: string, value: unknown])[],
): Fragment {
  const names = join(values.map(([name]) => column(name)))
  return sql`insert into ${table(into)} (${names}) values (${join(values.map(([, value]) => value))})`
}
