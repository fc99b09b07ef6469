import { type Fragment, sql } from './fragment.ts'

export type DialectName = 'postgres' | 'mysql' | 'sqlite' | 'mssql'

/** How the databases differ in what the adapter writes. */
export type Dialect = {
  name: DialectName
  /** Whether `insert` and `update` can return their rows. */
  hasReturning: boolean
  /** Follows a `select` that locks the balance's row; undefined where an update by 0 does it. */
  lock: Fragment | undefined
  /** Follows a `select` that must see what others have committed, even in a transaction with an older snapshot. */
  current: Fragment
  /** Whether a transaction of ours must ask for `read committed`, so that what follows a lock is read after it. */
  needsReadCommitted: boolean
  date(value: Date): unknown
  /** The database's own clock, where it tells the time after the lock was granted; otherwise ours does. */
  clock: Fragment | undefined
  json(value: unknown): Fragment
  /** The end of a query for one page. */
  page(limit: number | undefined, offset: number): Fragment
}

const asText = (value: unknown) => sql`${JSON.stringify(value)}`
const limitOffset = (most: Fragment) => (limit: number | undefined, offset: number) =>
  sql`limit ${limit ?? most} offset ${offset}`

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  postgres: {
    name: 'postgres',
    hasReturning: true,
    // Rows that refer to the balance's, as those of the ledger, may be written meanwhile.
    lock: sql`for no key update`,
    // A row that somebody changed since the snapshot cannot be locked.
    current: sql``,
    needsReadCommitted: false,
    date: (value) => value,
    clock: sql`clock_timestamp()`,
    // By way of text, since some drivers would quote a parameter of the type jsonb once more.
    json: (value) => sql`cast(cast(${JSON.stringify(value)} as text) as jsonb)`,
    page: limitOffset(sql`all`),
  },
  mysql: {
    name: 'mysql',
    hasReturning: false,
    lock: sql`for update`,
    current: sql`lock in share mode`,
    needsReadCommitted: true,
    date: (value) => value,
    clock: undefined,
    json: asText,
    page: limitOffset(sql`9223372036854775807`),
  },
  sqlite: {
    name: 'sqlite',
    hasReturning: true,
    // Only a write takes the lock, and a transaction that reads first may not get it any more.
    lock: undefined,
    current: sql``,
    needsReadCommitted: false,
    date: (value) => value.toISOString(),
    clock: undefined,
    json: asText,
    page: limitOffset(sql`-1`),
  },
  mssql: {
    name: 'mssql',
    hasReturning: false,
    lock: undefined,
    current: sql``,
    needsReadCommitted: false,
    date: (value) => value,
    clock: undefined,
    json: asText,
    page: (limit, offset) =>
      limit === undefined
        ? sql`offset ${offset} rows`
        : sql`offset ${offset} rows fetch next ${limit} rows only`,
  },
}

/** The time of a row that is written now, after its lock was granted. */
export function nowIn({ clock, date }: Dialect): Fragment {
  return clock ?? sql`${date(new Date())}`
}
