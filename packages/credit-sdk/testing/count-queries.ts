import type pg from 'pg'

/** Counts what the clients of a pool send from now on, `begin` and `commit` included. */
export function countQueries(pool: pg.Pool): { sent: number } {
  const counts = { sent: 0 }
  pool.on('connect', (client) => {
    const query: unknown = client.query
    if (typeof query !== 'function') throw new Error('The client has no query.')
    Object.assign(client, {
      query: (...args: unknown[]): unknown => {
        counts.sent += 1
        return query.apply(client, args)
      },
    })
  })
  return counts
}
