import type { Row } from '../sql/row.ts'

/** What the adapter needs of a connection: node-postgres' `Client` and `PoolClient` have it. */
export type LivebalanceTransaction = {
  query(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** What it needs of a pool: node-postgres' `Pool` has it. */
export type LivebalancePool = LivebalanceTransaction & {
  connect(): Promise<LivebalanceTransaction & { release(error?: boolean): void }>
}

/** Runs the work between `begin` and `commit`, on a connection of its own. One that fails to end is not used again. */
export async function inTransaction<T>(
  pool: LivebalancePool,
  work: (txn: LivebalanceTransaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let isBroken = true
  try {
    await client.query('begin')
    const result = await work(client).catch(async (error: unknown) => {
      await client.query('rollback')
      isBroken = false
      throw error
    })
    await client.query('commit')
    isBroken = false
    return result
  } finally {
    client.release(isBroken)
  }
}
