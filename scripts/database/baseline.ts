import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const BASELINE = '20261127000000_baseline.sql'

/** The first migration as text: all schema files in the order of their names. */
export async function renderBaseline(schemas: string): Promise<string> {
  const files = (await readdir(schemas)).filter((file) => file.endsWith('.sql')).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(schemas, file), 'utf8')))
  return ['-- Made from supabase/schemas by npm run db:baseline. Never edited by hand.\n', ...texts].join(
    '\n',
  )
}

/** Writes the baseline anew. Only until it is released: from then on every change is a migration of its own. */
export async function writeBaseline(migrations: string, schemas: string): Promise<void> {
  await writeFile(join(migrations, BASELINE), await renderBaseline(schemas))
}
