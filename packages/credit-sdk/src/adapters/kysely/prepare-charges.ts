import { CHARGE_MARK } from '../sql/charge-postgres.ts'

/** What Kysely's dialect needs of a pool of node-postgres. */
type Pool<Client> = { connect(): Promise<Client>; end(): Promise<void> }

/**
 * A pool whose connections keep the plan of a charge. PostgreSQL otherwise plans that long statement again each time,
 * which takes longer than running it. Not for a PgBouncer that pools by transaction, unless it knows prepared statements.
 * @example new PostgresDialect({ pool: prepareCharges(new Pool({ connectionString })) })
 */
export function prepareCharges<Client extends object>(pool: Pool<Client>): Pool<Client> {
  const names = new Map<string, string>()
  const prepared = new WeakSet<Client>()
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `credit_sdk_charge_${names.size + 1}`
    names.set(text, name)
    return name
  }
  return {
    async connect() {
      const client = await pool.connect()
      if (!prepared.has(client)) nameCharges(client, nameOf)
      prepared.add(client)
      return client
    },
    end: () => pool.end(),
  }
}

function nameCharges(client: object, nameOf: (text: string) => string): void {
  const query: unknown = Reflect.get(client, 'query')
  if (typeof query !== 'function') return
  Object.assign(client, {
    query: (...args: unknown[]): unknown => {
      const [text, values, ...rest] = args
      if (typeof text !== 'string' || !text.startsWith(CHARGE_MARK)) return query.apply(client, args)
      return query.call(client, { name: nameOf(text), text, values }, ...rest)
    },
  })
}
