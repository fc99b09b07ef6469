import { CHARGE_MARK } from './charge-postgres.ts'

/** What it needs of a pool: node-postgres' `Pool` has it. */
type Pool = { on(event: 'connect', listener: (client: object) => void): unknown }

/**
 * Lets the connections of a pool keep the plan of a charge. PostgreSQL otherwise plans that long statement again each
 * time, which takes longer than running it. Call it before the first query. Not for a PgBouncer that pools by
 * transaction, unless it knows prepared statements.
 * @returns the pool
 * @example new PostgresDialect({ pool: prepareCharges(new Pool({ connectionString })) })
 */
export function prepareCharges<P extends Pool>(pool: P): P {
  const names = new Map<string, string>()
  pool.on('connect', (client) => {
    nameCharges(client, (text) => {
      const name = names.get(text) ?? `credit_sdk_charge_${names.size + 1}`
      names.set(text, name)
      return name
    })
  })
  return pool
}

/** Queries come as a text, or as an object that has it. */
function nameCharges(client: object, nameOf: (text: string) => string): void {
  const query: unknown = Reflect.get(client, 'query')
  if (typeof query !== 'function') return
  Object.assign(client, {
    query: (...args: unknown[]): unknown => {
      const [first, ...rest] = args
      const config = typeof first === 'string' ? { text: first } : Object(first)
      const text: unknown = config.text
      if (typeof text !== 'string' || !text.startsWith(CHARGE_MARK)) return query.apply(client, args)
      return query.call(client, { ...config, name: nameOf(text) }, ...rest)
    },
  })
}
