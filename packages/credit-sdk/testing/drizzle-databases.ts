import { createClient } from '@libsql/client'
import { drizzle as overSqlite } from 'drizzle-orm/better-sqlite3'
import { drizzle as overLibSql } from 'drizzle-orm/libsql'
import { drizzle as overMySql } from 'drizzle-orm/mysql2'
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres'
import mysql from 'mysql2'
import { createPool } from '../../dev-stack/create-pool.ts'
import type { DrizzleDatabase } from '../src/adapters/drizzle/index.ts'
import { openSqlite, type TestDatabase } from './databases.ts'

export type DrizzleClient = { db: DrizzleDatabase; close(): Promise<void> }

/** Connects to a test database by Drizzle's driver for its dialect. SQLite by libSQL, unless it is to be synchronous. */
export function connectDrizzle(
  { dialect, url }: TestDatabase,
  { max = 25, isSynchronous = false } = {},
): DrizzleClient {
  if (dialect === 'postgres') {
    const pool = createPool({ connectionString: url, max })
    return { db: overPostgres({ client: pool }), close: () => pool.end() }
  }
  if (dialect === 'mysql') {
    const pool = mysql.createPool({ uri: url, connectionLimit: max })
    return { db: overMySql({ client: pool }), close: () => pool.promise().end() }
  }
  if (isSynchronous) {
    const client = openSqlite(url)
    return { db: overSqlite({ client }), close: async () => void client.close() }
  }
  const client = createClient({ url: `file:${url}` })
  return { db: overLibSql({ client }), close: async () => client.close() }
}
