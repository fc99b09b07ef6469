import { expect, inject, test } from 'vitest'
import { createMariaDb, createPostgres, createSqlite, type TestDatabase } from '../testing/databases.ts'
import { runStorm, type StormSubject } from '../testing/storm.ts'
import {
  overDrizzle,
  overKysely,
  overLivebalance,
  overPrisma,
  type StormSubjectMaker,
} from '../testing/storm-subjects.ts'

/** `SDK_STORM=10000 npx vitest run --project sdk packages/credit-sdk/tests/storm.test.ts` for a long one. */
const OPERATIONS = Number(process.env.SDK_STORM ?? 600)
const SEED = Number(process.env.SDK_STORM_SEED ?? 7)
const TIMEOUT_MS = 1_200_000
const mariadb = inject('mariadb')

const databases: [name: string, isHere: boolean, create: () => Promise<TestDatabase>][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres'))],
  [
    mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    mariadb.url !== null,
    () => createMariaDb(mariadb.url ?? ''),
  ],
  ['SQLite', true, createSqlite],
]
const adapters: [name: string, make: StormSubjectMaker][] = [
  ['Kysely', overKysely],
  ['Prisma', overPrisma],
  ['Drizzle', overDrizzle],
]

async function weather(name: string, subject: StormSubject<unknown>): Promise<void> {
  const report = await runStorm(subject, { operations: OPERATIONS, concurrency: 16, seed: SEED })
  if (process.env.SDK_STORM) console.log(name, report)
  expect(report.violations).toEqual([])
  expect(report.succeeded).toBeGreaterThan(OPERATIONS / 2)
  expect(report.lost).toBeLessThan(OPERATIONS / 10)
}

for (const [databaseName, isHere, create] of databases) {
  for (const [adapterName, make] of adapters) {
    const name = `${adapterName} on ${databaseName}`
    test.skipIf(!isHere)(
      `no invariant breaks in a storm through ${name}`,
      async () => {
        await using undo = new AsyncDisposableStack()
        const database = await create()
        undo.defer(database.drop)
        await weather(name, await make(database, undo))
      },
      TIMEOUT_MS,
    )
  }
}

test(
  'no invariant breaks in a storm through Livebalance',
  async () => {
    await using undo = new AsyncDisposableStack()
    await weather('Livebalance', await overLivebalance(inject('postgres'), undo))
  },
  TIMEOUT_MS,
)
