import { Pool, type PoolConfig } from 'pg'

/**
 * Connections that may be cut: idle, at work, or while they still close, as when their database is dropped or stopped.
 * What was at work fails, and the next query opens another.
 */
export function createPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
