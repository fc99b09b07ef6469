import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capture } from '../capture.ts'
import { type Catalogs, findCatalogDifferences, findDifferences, withCatalogs } from './catalogs.ts'

/** Privileges that only the embedded stack has, or that an owner has anyway. */
const LOCAL_GRANT = /^(GRANT|REVOKE)\b[^;]*\b(TO|FROM) "(supabase_auth_admin|postgres)";\n*/gm

type Options = { name: string; now?: Date; migrations: string; schemas: string }

/**
 * Writes the next migration: what is missing to the schema files, for review.
 * @returns its path, or null when nothing is missing
 * @throws with a sentence when the name is not one, or when only rows are missing
 */
export async function writeMigration({ name, now = new Date(), ...directories }: Options) {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error('Name the migration in lower case, as in: npm run db:migration add_invoices')
  }
  return withCatalogs(async (urls) => {
    const differences = await findDifferences(urls)
    if (differences === null) return null
    if ((await findCatalogDifferences(urls)) === null) throw new Error(differences)
    const version = now.toISOString().replace(/\D/g, '').slice(0, 14)
    const path = join(directories.migrations, `${version}_${name}.sql`)
    await writeFile(path, await renderDifference(urls))
    return path
  }, directories)
}

async function renderDifference({ migrated, declared }: Catalogs): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'migration-'))
  try {
    const [plan, file] = [join(directory, 'plan.json'), join(directory, 'migration.sql')]
    const databases = ['--profile', 'supabase', '--source', migrated, '--desired', declared]
    await capture('pgdelta', ['plan', ...databases, '--out', plan])
    await capture('pgdelta', ['render', '--plan', plan, '--out', file, '--allow-drops'])
    const sql = await readFile(file, 'utf8')
    return `${sql.replace(LOCAL_GRANT, '').trim()}\n`
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
