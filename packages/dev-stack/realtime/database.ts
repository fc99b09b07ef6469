import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { QueryResultRow } from 'pg'
import { createPool } from '../create-pool.ts'

/** How all our connections write values: the same text from queries and from the change feed. */
export const SESSION_OPTIONS = '-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres'

/** Everything Realtime asks the database. Connections are opened when needed, again after a loss. */
export type Database = {
  query<Result extends QueryResultRow>(text: string, values: unknown[]): Promise<Result[]>
  close(): Promise<void>
}

const FUNCTIONS = ['./access.sql', './policies.sql'].map((file) => new URL(file, import.meta.url))
/** How many connections may be open, and so be cut, at once. */
export const MAX_CONNECTIONS = 2
/** A query that hangs, in somebody's policy say, does not hold up the end. */
const CLOSE_TIMEOUT_MS = 100

export function createDatabase(connectionString: string): Database {
  const pool = createPool({
    connectionString,
    application_name: 'realtime',
    options: `${SESSION_OPTIONS} -c statement_timeout=10s`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 0,
    max: MAX_CONNECTIONS,
    onConnect: async (client) => {
      for (const file of FUNCTIONS) await client.query(await readFile(file, 'utf8'))
    },
  })

  return {
    async query(text, values) {
      const result = await pool.query(text, values)
      return result.rows
    },
    close: () => Promise.race([pool.end(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]),
  }
}
