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
  return withMutant(server, mutant, (database) =>
    storm({ urls: () => database, whenUp: async () => {} }, { ...options, kills: 0 }),
  )
}

/** Makes a mutant in a throw-away database. @throws when it no longer finds what it takes out */
export async function withMutant<Result>(
  server: DatabaseUrls,
  mutant: Mutant,
  use: (database: DatabaseUrls) => Promise<Result>,
): Promise<Result> {
  const database = await createTestDatabase(server)
  try {
    const sql = postgres(database.adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })
    await mutant.apply(sql).finally(() => sql.end())
    return await use(database)
  } finally {
    await database.drop()
  }
}
