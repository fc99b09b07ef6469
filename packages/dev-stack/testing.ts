import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { prepareAuthSchema } from './api/index.ts'
import { applyMigrations } from './migrate.ts'
import { type Postgres, startPostgres } from './postgres/index.ts'
import { makeTemporaryDirectory } from './temporary-directory.ts'

export type DatabaseUrls = Pick<Postgres, 'adminUrl' | 'ownerUrl' | 'apiUrl' | 'realtimeUrl'>

/** Data that nobody will miss need not reach the disk. Many tests at once, some with 50 connections, share the server. */
const THROW_AWAY = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: '500' }

/**
 * A throw-away server whose database `postgres` was made by the SQL files of `migrations`, in order, and `seeds`.
 * `createTestDatabase` copies it.
 */
export async function startTestServer({
  migrations,
  seeds,
}: {
  migrations: string
  seeds?: readonly string[]
}): Promise<DatabaseUrls & { stop(): Promise<void> }> {
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const server = await startPostgres({ directory: directory.path, port: 0, settings: THROW_AWAY })
  undo.defer(server.stop)
  await prepareAuthSchema(server.apiUrl)
  await applyMigrations(server.ownerUrl, { directory: migrations, seeds })
  const running = undo.move()
  const { adminUrl, ownerUrl, apiUrl, realtimeUrl } = server
  return { adminUrl, ownerUrl, apiUrl, realtimeUrl, stop: () => running.disposeAsync() }
}

/** A fresh copy of the server's migrated and seeded database, in some tens of milliseconds. */
export async function createTestDatabase(
  server: DatabaseUrls,
): Promise<DatabaseUrls & { drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const inCopy = (url: string) => url.replace(/\/postgres$/, `/${name}`)
  await administer(server, [
    `create database ${name} template postgres owner postgres`,
    // A copy has everything but the privileges on the database itself.
    `grant create on database ${name} to supabase_auth_admin`,
  ])
  return {
    adminUrl: inCopy(server.adminUrl),
    ownerUrl: inCopy(server.ownerUrl),
    apiUrl: inCopy(server.apiUrl),
    realtimeUrl: inCopy(server.realtimeUrl),
    drop: () => administer(server, [`drop database if exists ${name} with (force)`]),
  }
}

/** Works from a database of its own: one that somebody is connected to cannot be copied. */
async function administer(server: DatabaseUrls, statements: string[]): Promise<void> {
  const sql = postgres(server.adminUrl.replace(/\/postgres$/, '/template1'), { max: 1, onnotice: () => {} })
  try {
    for (const statement of statements) await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
