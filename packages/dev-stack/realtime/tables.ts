import type { Database } from './database.ts'
import { type Condition, type Filter, parseFilter } from './filters.ts'
import { Refusal } from './refusal.ts'
import type { Role } from './viewer.ts'

export const EVENTS = ['*', 'INSERT', 'UPDATE', 'DELETE'] as const

/** What a client asks to follow, as it wrote it. */
export type Binding = {
  event: (typeof EVENTS)[number]
  schema?: string | undefined
  table?: string | undefined
  filter?: string | undefined
  select?: string[] | undefined
}

/** A binding that was checked against the catalog. `*` stands for any schema or table. */
export type Target = {
  event: Binding['event']
  schema: string
  table: string
  filters: Filter[]
  select: ReadonlySet<string> | null
}

type Column = { type: string; base: string; category: string; readable: boolean }
type Table = { keyed: boolean; columns: Record<string, Column> }

const PUBLISHED_TABLES = `
  select
    exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) as keyed,
    (
      select jsonb_object_agg(a.attname, jsonb_build_object(
        -- Without its length, or casting a filter's value would cut it.
        'type', case when t.typname = 'bpchar' then 'text' else format_type(a.atttypid, null) end,
        'base', t.typname,
        'category', t.typcategory,
        'readable', has_column_privilege($4::text, c.oid, a.attnum, 'select')
      ))
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as columns
  from pg_publication_tables p
  join pg_namespace n on n.nspname = p.schemaname
  join pg_class c on c.relnamespace = n.oid and c.relname = p.tablename
  where p.pubname = $1 and $2::text in (p.schemaname, '*') and $3::text in (p.tablename, '*')`

/** Checks a binding against the publication and the catalog, as `role`. Throws `Refusal`. */
export async function resolveBinding(
  database: Database,
  publication: string,
  role: Role,
  binding: Binding,
): Promise<Target> {
  const schema = binding.schema ?? 'public'
  const name = binding.table ?? '*'
  const conditions = parseFilter(binding.filter ?? '')
  const tables = await database.query<Table>(PUBLISHED_TABLES, [publication, schema, name, role])
  const target = { event: binding.event, schema, table: name, filters: [], select: null }
  const [table] = tables
  if (!table) throw refuse(`The table ${schema}.${name} is not in the publication ${publication}`)
  if (schema === '*' || name === '*') {
    if (conditions.length > 0 || binding.select) throw refuse('A filter or select needs a schema and a table')
    return target
  }
  if (!table.keyed) throw refuse(`The table ${schema}.${name} has no primary key`)
  const filters: Filter[] = []
  for (const condition of conditions) {
    const column = readableColumn(table, role, condition.column)
    filters.push(await canonicalFilter(database, condition, column))
  }
  for (const column of binding.select ?? []) readableColumn(table, role, column)
  return { ...target, filters, select: binding.select?.length ? new Set(binding.select) : null }
}

function readableColumn(table: Table, role: Role, name: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined
  if (!column) throw refuse(`There is no column "${name}" to filter or select`)
  if (!column.readable) throw refuse(`The role ${role} may not read the column "${name}"`)
  return column
}

const NUMERIC = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'oid'])
const EQUALITY = new Set(['eq', 'neq', 'in'])

/** Has Postgres read the values as the column's type and write them its way. */
async function canonicalFilter(database: Database, condition: Condition, column: Column): Promise<Filter> {
  const numeric = NUMERIC.has(column.base)
  const { operator, values } = condition
  const ordered = numeric || column.base === 'uuid' || 'SD'.includes(column.category)
  if (!ordered && !EQUALITY.has(operator)) {
    throw refuse(
      `The column "${condition.column}" of type ${column.type} can be filtered by eq, neq and in only`,
    )
  }
  const casts = values.map((_, index) => `format('%s', cast($${index + 1} as ${column.type}))`)
  try {
    const [row] = await database.query<{ values: string[] }>(`select array[${casts}] as values`, values)
    return { ...condition, values: row?.values ?? [], numeric }
  } catch (error) {
    if (isBadValue(error))
      throw refuse(`The filter value does not fit "${condition.column}": ${error.message}`)
    throw error
  }
}

/** SQLSTATE class 22, data exception: the value itself is wrong, not the connection. */
function isBadValue(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('22')
}

function refuse(sentence: string): Refusal {
  return new Refusal('RealtimeDisabledForConfiguration', sentence)
}
