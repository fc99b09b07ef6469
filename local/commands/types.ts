import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { startTestServer } from '../testing.ts'
import { generateTypes } from '../types.ts'

/** Writes the types of what the migrations make: from a throw-away database, so never from a stale one. */
export async function writeTypes(file: string): Promise<void> {
  const database = await startTestServer({ seed: false })
  try {
    await writeFile(file, await generateTypes(database.ownerUrl))
  } finally {
    await database.stop()
  }
  console.log(`Wrote ${relative(PROJECT_DIRECTORY, file)}.`)
}
