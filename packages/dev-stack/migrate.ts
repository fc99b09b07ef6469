import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import postgres, { type Sql, type TransactionSql } from 'postgres'

type Options = {
  /** Holds `<version>_<name>.sql` files. */
  directory: string
  /** Files to run once, in order, after the first migration. */
  seeds?: readonly string[]
  /** Told of applied files, seeds included, that have changed since. */
  warn?: (sentence: string) => void
}

type Migration = { file: string; version: string; name: string; text: string }

/** The Supabase CLI's own tables, so that either may carry on where the other left off. */
const HISTORY = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (
    version text primary key,
    statements text[],
    name text
  );
  create table if not exists supabase_migrations.seed_files (path text primary key, hash text not null);`

/**
 * Applies the migrations the database does not have yet, in order of version, each in one transaction
 * with its line in the history; then the seed, unless it ran before.
 * @returns the files applied, the seed included.
 * @throws with file, line and reason; files before the failing one stay applied. Refuses two files of one version before any
 * is applied, and a database whose migrations are all older than the first file.
 */
export async function applyMigrations(
  ownerUrl: string,
  { directory, seeds = [], warn }: Options,
): Promise<string[]> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(HISTORY)
    const pending = await findPending(sql, await readMigrations(directory), warn)
    for (const migration of pending) {
      await runFile(sql, migration.file, migration.text, async (transaction) => {
        const { version, name, text } = migration
        await transaction`insert into supabase_migrations.schema_migrations (version, name, statements)
          values (${version}, ${name}, ${[text]})`
      })
    }
    const seeded: string[] = []
    for (const seed of seeds) seeded.push(...(await runSeed(sql, seed, warn)))
    return [...pending.map((migration) => migration.file), ...seeded]
  } finally {
    await sql.end()
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const file of (await readdir(directory)).sort()) {
    const [, version, name] = /^(\d+)_(.*)\.sql$/.exec(file) ?? []
    if (!version || name === undefined) continue
    const twin = migrations.find((migration) => migration.version === version)
    if (twin) throw new Error(`${twin.file} and ${file} have the same version. Give one of them another.`)
    migrations.push({ file, version, name, text: await readFile(join(directory, file), 'utf8') })
  }
  return migrations
}

async function findPending(sql: Sql, migrations: Migration[], warn: Options['warn']): Promise<Migration[]> {
  const rows = await sql<{ version: string; statements: string[] | null }[]>`
    select version, statements from supabase_migrations.schema_migrations`
  const applied = new Map(rows.map((row) => [row.version, row.statements]))
  refuseOlderBaseline(migrations, rows)
  for (const { file, version, text } of migrations) {
    const statements = applied.get(version)
    // The CLI keeps statements apart; only what this runner wrote can be compared.
    if (statements?.length !== 1 || statements[0] === text) continue
    warn?.(changedSince(file))
  }
  return migrations.filter(({ version }) => !applied.has(version))
}

function changedSince(file: string): string {
  return `${file} has changed since it was applied. To apply it anew, start over with npm run local:reset.`
}

/** A database that was made before the first migration here has nothing in common with them. */
function refuseOlderBaseline(migrations: Migration[], rows: { version: string }[]): void {
  const [baseline] = migrations
  if (!baseline || rows.length === 0 || rows.some(({ version }) => version >= baseline.version)) return
  throw new Error(
    `This database was made by migrations older than ${baseline.file}, which cannot be upgraded. Delete the local data with npm run local:reset and start again.`,
  )
}

async function runSeed(sql: Sql, seed: string, warn: Options['warn']): Promise<string[]> {
  const path = `supabase/${basename(seed)}`
  const text = await readFile(seed, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  const [done] = await sql<{ hash: string }[]>`
    select hash from supabase_migrations.seed_files where path = ${path}`
  if (done && done.hash !== hash) warn?.(changedSince(basename(seed)))
  if (done) return []
  await runFile(sql, basename(seed), text, async (transaction) => {
    await transaction`insert into supabase_migrations.seed_files (path, hash) values (${path}, ${hash})`
  })
  return [basename(seed)]
}

async function runFile(
  sql: Sql,
  file: string,
  text: string,
  record: (transaction: TransactionSql) => Promise<void>,
): Promise<void> {
  await sql.begin(async (transaction) => {
    // A file may leave settings such as search_path behind; the next one starts clean.
    await transaction.unsafe('reset all')
    await transaction.unsafe(text).catch((error: unknown) => {
      throw describeFailure(file, text, error)
    })
    await transaction.unsafe('reset all')
    await record(transaction)
  })
}

function describeFailure(file: string, text: string, error: unknown): unknown {
  if (!(error instanceof postgres.PostgresError)) return error
  // Postgres counts characters from 1.
  const line = error.position ? text.slice(0, Number(error.position) - 1).split('\n').length : undefined
  const where = line ? `${file}, line ${line}` : file
  return new Error(`${where}: ${error.message} (${error.code})`, { cause: error })
}
