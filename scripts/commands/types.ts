import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { startTestServer } from '../../packages/dev-stack/testing.ts'
import { generateTypes } from '../generate-types.ts'
import { MIGRATIONS_DIRECTORY, PROJECT_DIRECTORY } from '../paths.ts'

/** Writes the types of what the migrations make: from a throw-away database, so never from a stale one. */
export async function writeTypes(file: string): Promise<void> {
  const database = await startTestServer({ migrations: MIGRATIONS_DIRECTORY })
  try {
    await writeFile(file, await generateTypes(database.ownerUrl))
  } finally {
    await database.stop()
  }
  console.log(`Wrote ${relative(PROJECT_DIRECTORY, file)}.`)
}
