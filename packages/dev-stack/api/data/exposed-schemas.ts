import type { IntrospectResult } from '@supabase/lite'
import type postgres from 'postgres'

/**
 * The part of the database that the Data API serves. Relations are found by name alone, so a public `users` would be
 * taken for `auth.users`, and a reference to that one for a way to embed it.
 */
export async function keepExposed(
  driver: postgres.Sql,
  schema: IntrospectResult,
  exposed: readonly string[],
): Promise<IntrospectResult> {
  const rows = await driver<{ key: string }[]>`
    select format('%s.%s.%s', c.relnamespace::regnamespace, c.relname, k.conname) as key
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and r.relnamespace::regnamespace::text <> all (${exposed})`
  const leaving = new Set(rows.map(({ key }) => key))
  const within = <Part extends { schema?: string | undefined }>(parts: Part[]) =>
    parts.filter((part) => part.schema === undefined || exposed.includes(part.schema))
  return {
    ...schema,
    tables: within(schema.tables),
    columns: within(schema.columns),
    views: within(schema.views),
    primary_keys: within(schema.primary_keys),
    unique_constraints: within(schema.unique_constraints),
    foreign_keys: within(schema.foreign_keys).filter(
      (key) => !leaving.has(`${key.schema}.${key.table}.${key.foreign_key_name}`),
    ),
  }
}
