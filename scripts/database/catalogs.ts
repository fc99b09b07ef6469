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
 * What the catalog of the migrations lacks or has besides that of the schema files, as a list for people; null when
 * they are the same: columns, constraints, indexes, functions, triggers, policies, grants, publications, comments.
 */
export async function findDifferences({ migrated, declared }: Catalogs): Promise<string | null> {
  const args = ['diff', '--profile', 'supabase', '--source', migrated, '--desired', declared]
  const output = await capture('pgdelta', args)
  return output.includes('No differences found.') ? null : output.trim()
}
