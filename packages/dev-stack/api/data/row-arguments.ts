import type { AnyAST, IntrospectResult } from '@supabase/lite'
import type postgres from 'postgres'

/** A column of a composite type, and a list of such. */
const ROW = 'select jsonb_populate_record(null::%T, $1::jsonb)::text as value'
const ROWS = 'select array_agg(r)::text as value from jsonb_populate_recordset(null::%T, $1::jsonb) r'

/**
 * Writes the arguments of a function that are rows, sent as JSON objects, as Postgres reads rows. Lists of rows as
 * well. @throws the error of the database when a value does not fit
 */
export async function writeRowArguments(
  driver: postgres.Sql,
  ast: AnyAST,
  schema: IntrospectResult,
): Promise<AnyAST> {
  const { args } = ast
  if (ast.type !== 'rpc' || ast.httpMethod !== 'POST' || !args || Array.isArray(args)) return ast
  const written: Record<string, unknown> = { ...args }
  for (const [name, value] of Object.entries(args)) {
    const type = isRowLike(value) && typeOf(name, ast, schema)
    if (!type) continue
    const isList = Array.isArray(value)
    const [found] = await driver<{ row: string | null }[]>`
      select coalesce(e.oid, t.oid)::regtype::text as row
      from pg_type t
      left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
      where t.oid = to_regtype(${type})
      and coalesce(e.typtype, t.typtype) = 'c'
      and (e.oid is not null) = ${isList}`
    if (!found?.row) continue
    const query = (isList ? ROWS : ROW).replace('%T', found.row)
    const [row] = await driver.unsafe<{ value: string | null }[]>(query, [JSON.stringify(value)])
    written[name] = row?.value ?? (isList ? '{}' : null)
  }
  return { ...ast, args: written }
}

function isRowLike(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    : typeof value === 'object' && value !== null
}

/** The declared type of an argument: json and jsonb take any value as it is. */
function typeOf(name: string, ast: AnyAST, schema: IntrospectResult): string | undefined {
  for (const fn of schema.functions ?? []) {
    if (fn.name !== ast.function || fn.schema !== (ast.schema ?? 'public')) continue
    const type = fn.arg_types[fn.arg_names.indexOf(name)]
    if (type && type !== 'json' && type !== 'jsonb') return type
  }
  return undefined
}
