import postgres from 'postgres'
import { createTestDatabase, type DatabaseUrls } from '../../dev-stack/testing.ts'
import type { Mutant } from './mutants.ts'
import { type StormOptions, type StormReport, storm } from './storm.ts'

/** Lets a storm over a mutant in a throw-away database. A mutant that is worth its name fails. */
export async function runMutant(
  server: DatabaseUrls,
  mutant: Mutant,
  options: Omit<StormOptions, 'kills'>,
): Promise<StormReport> {
  const database = await createTestDatabase(server)
  try {
    const sql = postgres(database.adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })
    await mutant.apply(sql).finally(() => sql.end())
    return await storm({ urls: () => database, whenUp: async () => {} }, { ...options, kills: 0 })
  } finally {
    await database.drop()
  }
}
