import { type SQL, sql } from 'drizzle-orm'
import { MySqlDialect, MySqlTable, getTableConfig as readMySqlTable } from 'drizzle-orm/mysql-core'
import { PgDialect, PgTable, getTableConfig as readPgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as readSqliteTable, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** The script that creates the tables of a Drizzle schema, constraints and generated columns included. */
export function createTables(schema: object): string {
  return Object.values(schema).flatMap(createTable).join('\n')
}

function createTable(table: unknown): string[] {
  if (table instanceof PgTable) return write(readPgTable(table), new PgDialect())
  if (table instanceof MySqlTable) return write(readMySqlTable(table), new MySqlDialect())
  if (table instanceof SQLiteTable) return write(readSqliteTable(table), new SQLiteSyncDialect())
  return []
}

type Column = {
  name: string
  notNull: boolean
  primary: boolean
  default: unknown
  generated?: { as: unknown; mode?: string } | undefined
  getSQLType(): string
  mapToDriverValue(value: unknown): unknown
}

type TableConfig = {
  name: string
  columns: Column[]
  checks: { name: string; value: SQL }[]
  uniqueConstraints: { columns: { name: string }[] }[]
  foreignKeys: {
    reference(): { columns: { name: string }[]; foreignColumns: { name: string }[]; foreignTable: object }
    onDelete: string | undefined
  }[]
}

type Renderer = {
  sqlToQuery(statement: SQL, source?: 'indexes'): { sql: string }
}

function write(config: TableConfig, dialect: Renderer): string[] {
  const render = (statement: SQL) => dialect.sqlToQuery(statement.inlineParams(), 'indexes').sql
  const name = (text: string) => render(sql`${sql.identifier(text)}`)
  const names = (columns: { name: string }[]) => columns.map((column) => name(column.name)).join(', ')
  const columns = config.columns.map((column) => {
    const { generated, notNull, primary } = column
    const isAutomatic = Reflect.get(column, 'autoIncrement') === true
    const parts = [name(column.name), column.getSQLType()]
    if (generated) parts.push(`generated always as (${renderValue(generated.as, render)}) stored`)
    if (notNull && !primary) parts.push('not null')
    if (column.default !== undefined) {
      const value = column.default
      const stored = isSql(value) ? value : sql`${column.mapToDriverValue(value)}`
      parts.push(`default ${render(stored)}`)
    }
    if (primary) parts.push('primary key')
    if (isAutomatic && dialect instanceof MySqlDialect) parts.push('auto_increment')
    return parts.join(' ')
  })
  const constraints = [
    ...config.checks.map((check) => `constraint ${name(check.name)} check (${render(check.value)})`),
    ...config.uniqueConstraints.map((unique) => `unique (${names(unique.columns)})`),
    ...config.foreignKeys.map(({ reference, onDelete }) => {
      const { columns, foreignColumns, foreignTable } = reference()
      const target = render(sql`${foreignTable}`)
      return `foreign key (${names(columns)}) references ${target} (${names(foreignColumns)}) on delete ${onDelete}`
    }),
  ]
  return [`create table ${name(config.name)} (\n  ${[...columns, ...constraints].join(',\n  ')}\n);`]
}

function isSql(value: unknown): value is SQL {
  return typeof value === 'object' && value !== null && 'queryChunks' in value
}

function renderValue(value: unknown, render: (statement: SQL) => string): string {
  return isSql(value) ? render(value) : String(value)
}
