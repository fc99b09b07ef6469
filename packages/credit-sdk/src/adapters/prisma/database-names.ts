import type { ResolvedMapping } from '../sql/mapping.ts'
import { toObject } from '../sql/values.ts'

/**
 * The mapping with the names that models and fields have in the database, by `@map`, `@@map` and `@@schema`.
 * @returns undefined for a client that does not say, or has not all of them
 */
export function databaseNames(client: object, mapping: ResolvedMapping): ResolvedMapping | undefined {
  const models = Object.entries(toObject(toObject(Reflect.get(client, '_runtimeDataModel')).models))
  let isKnown = true
  /** The names of one model: `table` is the model, every other text is a field. */
  const translate = <Names extends { table: string }>(names: Names): Names => {
    const found = models.find(([name]) => `${name.charAt(0).toLowerCase()}${name.slice(1)}` === names.table)
    if (!found) isKnown = false
    const [name, model] = [found?.[0] ?? '', toObject(found?.[1])]
    const fields = Array.isArray(model.fields) ? model.fields.map(toObject) : []
    const columnOf = (field: string) => {
      const column = fields.find((candidate) => candidate.name === field)
      if (!column) isKnown = false
      return String(column?.dbName ?? field)
    }
    const schema = typeof model.schema === 'string' ? `${model.schema}.` : ''
    const translated = Object.entries(names).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' && key !== 'table' ? columnOf(value) : value,
    ])
    return { ...names, ...Object.fromEntries(translated), table: `${schema}${model.dbName ?? name}` }
  }
  const names = {
    balances: translate(mapping.balances),
    users: mapping.users && translate(mapping.users),
    transactions: translate(mapping.transactions),
    auditLogs: translate(mapping.auditLogs),
    // No statement of ours archives through Prisma.
    transactionArchive: mapping.transactionArchive,
    idempotencyRecords: translate(mapping.idempotencyRecords),
  }
  return isKnown ? names : undefined
}
