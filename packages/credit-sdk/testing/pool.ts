import pg from 'pg'

/** Connections that may be cut, at work and idle: by a storm, or as their database is dropped while they still close. */
export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
