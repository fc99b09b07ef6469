import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { createMigration } from '../src/schema/index.ts'
import { createMariaDb, createPostgres, createSqlite, type TestDatabase } from '../testing/databases.ts'
import { runStorm } from '../testing/storm.ts'

/** `SDK_STORM=10000 npx vitest run --project sdk packages/credit-sdk/tests/storm.test.ts` for a long one. */
const OPERATIONS = Number(process.env.SDK_STORM ?? 1500)
const SEED = Number(process.env.SDK_STORM_SEED ?? 7)
const mariadb = inject('mariadb')

async function cutPostgres({ db }: TestDatabase): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit 1`
    .execute(db)
    .catch(() => {})
}

async function cutMariaDb({ db }: TestDatabase): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from information_schema.processlist where db = database() and id <> connection_id() order by rand() limit 1`.execute(
    db,
  )
  for (const { id } of rows) await sql`kill ${sql.lit(Number(id))}`.execute(db).catch(() => {})
}

const databases: [
  string,
  boolean,
  () => Promise<TestDatabase>,
  ((database: TestDatabase) => Promise<void>)?,
][] = [
  ['PostgreSQL', true, () => createPostgres(inject('postgres')), cutPostgres],
  [
    mariadb.url === null ? `MariaDB (skipped: ${mariadb.reason})` : 'MariaDB',
    mariadb.url !== null,
    () => createMariaDb(mariadb.url ?? ''),
    cutMariaDb,
  ],
  ['SQLite', true, createSqlite],
]

for (const [name, isHere, create, cut] of databases) {
  test.skipIf(!isHere)(
    `no invariant breaks in a storm on ${name}`,
    async () => {
      const database = await create()
      try {
        await database.run(createMigration({ dialect: database.dialect }).up)
        const report = await runStorm(database, {
          operations: OPERATIONS,
          concurrency: 16,
          seed: SEED,
          ...(cut && { cut: () => cut(database) }),
        })
        if (process.env.SDK_STORM) console.log(name, report)
        expect(report.violations).toEqual([])
        expect(report.succeeded).toBeGreaterThan(OPERATIONS / 2)
        expect(report.lost).toBeLessThan(OPERATIONS / 10)
      } finally {
        await database.drop()
      }
    },
    600_000,
  )
}
