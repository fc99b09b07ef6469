import postgres from 'postgres'
import { startTestServer } from '../../packages/dev-stack/testing.ts'
import { capture } from '../capture.ts'
import { MIGRATIONS_DIRECTORY, SCHEMAS_DIRECTORY } from '../paths.ts'

/** The databases that the migrations and the schema files make, each on a throw-away server. */
export type Catalogs = { migrated: string; declared: string }

/** Builds both databases and hands over their URLs. The servers are gone when `use` has ended. */
export async function withCatalogs<Result>(
  use: (urls: Catalogs) => Promise<Result>,
  { migrations = MIGRATIONS_DIRECTORY, schemas = SCHEMAS_DIRECTORY } = {},
): Promise<Result> {
  await using undo = new AsyncDisposableStack()
  const [migrated, declared] = await Promise.all(
    [migrations, schemas].map(async (directory) => {
      const server = await startTestServer({ migrations: directory })
      undo.defer(server.stop)
      return server.ownerUrl
    }),
  )
  return await use({ migrated: migrated ?? '', declared: declared ?? '' })
}

/**
 * What the database of the migrations lacks or has besides that of the schema files, as a list for people; null when
 * they are the same: columns, constraints, indexes, functions, triggers, policies, grants, publications, comments, and
 * the rows they insert.
 */
export async function findDifferences(urls: Catalogs): Promise<string | null> {
  const catalog = await findCatalogDifferences(urls)
  const rows = await findRowDifferences(urls)
  return [catalog, rows].filter(Boolean).join('\n') || null
}

/** The differences a migration can be made of: all but those of rows. */
export async function findCatalogDifferences({ migrated, declared }: Catalogs): Promise<string | null> {
  const args = ['diff', '--profile', 'supabase', '--source', migrated, '--desired', declared]
  const output = await capture('pgdelta', args)
  return output.includes('No differences found.') ? null : output.trim()
}

async function findRowDifferences({ migrated, declared }: Catalogs): Promise<string | null> {
  const [ours, theirs] = await Promise.all([readRows(migrated), readRows(declared)])
  const tables = [...ours.keys()].filter(
    (table) => theirs.has(table) && ours.get(table) !== theirs.get(table),
  )
  return tables.length === 0
    ? null
    : `Rows differ, which a migration must insert by hand: ${tables.join(', ')}`
}

/** The rows of each table as text, without the timestamps of their making. */
async function readRows(url: string): Promise<Map<string, string>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name
      from pg_tables
      where schemaname in ('public', 'private')`
    const rows = new Map<string, string>()
    for (const { name } of tables) {
      const [row] = await sql.unsafe<{ rows: string | null }[]>(
        `select string_agg(line, ' ' order by line) as rows
         from (select (to_jsonb(t) - 'created_at' - 'updated_at')::text as line from ${name} t) lines`,
      )
      rows.set(name, row?.rows ?? '')
    }
    return rows
  } finally {
    await sql.end()
  }
}
