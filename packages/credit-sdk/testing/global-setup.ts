import type { TestProject } from 'vitest/node'
import { MIGRATIONS_DIRECTORY } from '../../../scripts/paths.ts'
import { type DatabaseUrls, startTestServer } from '../../dev-stack/testing.ts'
import { type MariaDb, startMariaDb } from './mariadb.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: DatabaseUrls
    mariadb: MariaDb
  }
}

/** A PostgreSQL with the product in it, and a MariaDB where Debian's `mariadb-server` is installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using undo = new AsyncDisposableStack()
  const { stop, ...postgres } = await startTestServer({ migrations: MIGRATIONS_DIRECTORY })
  undo.defer(stop)
  const { stop: stopMariaDb, ...mariadb } = await startMariaDb()
  undo.defer(stopMariaDb)
  project.provide('postgres', postgres)
  project.provide('mariadb', mariadb)
  const running = undo.move()
  return () => running.disposeAsync()
}
