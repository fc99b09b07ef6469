import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { prepareAuthSchema } from '../../packages/dev-stack/api/index.ts'
import { applyMigrations } from '../../packages/dev-stack/migrate.ts'
import { startPostgres } from '../../packages/dev-stack/postgres/index.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import type { DatabaseUrls } from '../../packages/dev-stack/testing.ts'
import { MIGRATIONS_DIRECTORY } from '../../scripts/paths.ts'
import { TEST_SEEDS } from './test-project.ts'

/** The migrated and seeded database that a storm goes over. */
export type Cluster = {
  urls(): Pick<DatabaseUrls, 'adminUrl' | 'ownerUrl' | 'apiUrl'>
  /** Resolves while the server runs; waits while it is down. */
  whenUp(): Promise<void>
  /** Kills every process of the server at once and starts it again on what it left behind. */
  crash?(): Promise<void>
}

/** Commits are handed to the system before they are acknowledged, so they outlive any kill of a process. */
const SETTINGS = { fsync: 'off', autovacuum: 'off' }

/** A Postgres of one's own, that may be killed. */
export async function startCluster(): Promise<Cluster & { stop(): Promise<void> }> {
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const start = (port: number) => startPostgres({ directory: directory.path, port, settings: SETTINGS })
  let server = await start(0)
  undo.defer(() => server.stop())
  await prepareAuthSchema(server.apiUrl)
  await applyMigrations(server.ownerUrl, { directory: MIGRATIONS_DIRECTORY, seeds: TEST_SEEDS })
  let up: Promise<unknown> = Promise.resolve()

  async function killAndStart(): Promise<void> {
    await killServer(join(directory.path, 'data'), server.adminUrl)
    // Nothing is left to stop: this hands back the directory.
    await server.stop()
    server = await start(server.port)
  }

  const running = undo.move()
  return {
    urls: () => server,
    whenUp: async () => void (await up),
    async crash() {
      up = killAndStart()
      await up
    },
    stop: () => running.disposeAsync(),
  }
}

/** SIGKILL for the postmaster first, so that it can tidy up nothing, and then for all it has started. */
async function killServer(data: string, adminUrl: string): Promise<void> {
  const [postmaster] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })
  const processes = await sql<{ pid: number }[]>`select pid from pg_stat_activity`
  for (const pid of [Number(postmaster), ...processes.map(({ pid }) => pid)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
  await sql.end({ timeout: 0 })
}
