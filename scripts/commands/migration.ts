import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { BASELINE, writeBaseline } from '../database/baseline.ts'
import { keepReleased } from '../database/released.ts'
import { writeMigration } from '../database/write-migration.ts'
import {
  CHANGELOG_FILE,
  MIGRATIONS_DIRECTORY,
  PROJECT_DIRECTORY,
  RELEASED_FILE,
  SCHEMAS_DIRECTORY,
} from '../paths.ts'

const DIRECTORIES = { migrations: MIGRATIONS_DIRECTORY, schemas: SCHEMAS_DIRECTORY }

/** `npm run db:migration <name>`: writes what the schema files have and the migrations lack. */
export async function writeNextMigration(name: string): Promise<void> {
  const path = await writeMigration({ name, ...DIRECTORIES })
  console.log(
    path
      ? `Wrote ${relative(PROJECT_DIRECTORY, path)}. Read it before you commit it: data is yours to move.`
      : 'The migrations make the database of supabase/schemas already.',
  )
}

/** `npm run db:baseline`: makes the first migration anew. @throws once that is released */
export async function writeBaselineAnew(): Promise<void> {
  if ((await readFile(RELEASED_FILE, 'utf8')).includes(BASELINE)) {
    throw new Error('The baseline is released and stays as it is. Use npm run db:migration instead.')
  }
  await writeBaseline(MIGRATIONS_DIRECTORY, SCHEMAS_DIRECTORY)
  console.log(`Wrote ${BASELINE}.`)
}

/** `npm run db:release`: keeps the checksums of the migrations whose versions the changelog names. */
export async function keepReleasedMigrations(): Promise<void> {
  await keepReleased({
    migrations: MIGRATIONS_DIRECTORY,
    changelog: CHANGELOG_FILE,
    checksums: RELEASED_FILE,
  })
}
