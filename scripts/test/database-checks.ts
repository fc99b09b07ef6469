import { readFile } from 'node:fs/promises'
import { startTestServer } from '../../packages/dev-stack/testing.ts'
import { findDifferences, withCatalogs } from '../database/catalogs.ts'
import { checkReleased } from '../database/released.ts'
import { generateTypes } from '../generate-types.ts'
import {
  CHANGELOG_FILE,
  DATABASE_TYPES_FILE,
  MIGRATIONS_DIRECTORY,
  RELEASED_FILE,
  SEED_FILE,
} from '../paths.ts'
import { countCheck, type Report } from './results.ts'
import { run } from './run.ts'

/** Runs Supabase's own advisors (security and performance) against the migrated database. */
export async function passesAdvisors(): Promise<Report> {
  return withMigratedDatabase(async (url) => {
    const code = await run('supabase', ['db', 'advisors', `--remote=${url}`, '--fail-on', 'warn'], {
      DO_NOT_TRACK: '1',
      PGSSLMODE: 'disable',
    })
    return countCheck(code === 0)
  })
}

/** Whether the committed types are what the generator makes of the migrations. */
export async function databaseMatchesTypes(): Promise<Report> {
  return withMigratedDatabase(async (url) => {
    const matches = (await generateTypes(url)) === (await readFile(DATABASE_TYPES_FILE, 'utf8'))
    if (!matches)
      console.error('lib/supabase/database.types.ts is out of date. Write it anew with npm run db:types.')
    return countCheck(matches)
  })
}

/** Whether the migrations make the database of the schema files, and the released ones are as they were. */
export async function migrationsMatchSchemas(): Promise<Report> {
  const paths = { migrations: MIGRATIONS_DIRECTORY, changelog: CHANGELOG_FILE, checksums: RELEASED_FILE }
  const problems = await checkReleased(paths)
  const differences = await withCatalogs(findDifferences)
  if (differences)
    problems.push(
      `supabase/schemas and the migrations differ. Write the next one with npm run db:migration:\n${differences}`,
    )
  for (const problem of problems) console.error(problem)
  return countCheck(problems.length === 0)
}

async function withMigratedDatabase(check: (ownerUrl: string) => Promise<Report>): Promise<Report> {
  const server = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: [SEED_FILE] })
  try {
    return await check(server.ownerUrl)
  } finally {
    await server.stop()
  }
}
