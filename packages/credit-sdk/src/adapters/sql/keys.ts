import type { IdempotencyRecord } from '../../records.ts'
import { isDuplicate } from './failures.ts'
import { column, join, sql, table } from './fragment.ts'
import { columns, type Executor, insertInto } from './statements.ts'
import { toStoredResult } from './stored-result.ts'
import { toText, toTimestamp } from './values.ts'

export async function selectKey(
  { on, mapping: { idempotencyRecords } }: Executor,
  key: string,
): Promise<IdempotencyRecord | null> {
  const { table: keys, ...names } = idempotencyRecords
  const where = sql`where ${column(names.key)} = ${key}`
  const [row] = await on.rows(sql`select ${columns(names)} from ${table(keys)} ${where}`)
  if (!row) return null
  return {
    key: toText(row.key),
    result: toStoredResult(row.result),
    createdAt: toTimestamp(row.createdAt),
    expiresAt: toTimestamp(row.expiresAt),
  }
}

/** Stores the record unless the key is in use; an expired one is replaced. */
export async function insertKey(
  executor: Executor,
  record: IdempotencyRecord,
): Promise<IdempotencyRecord | null> {
  const { on, dialect, mapping } = executor
  const { table: keys, ...names } = mapping.idempotencyRecords
  const insert = insertInto(keys, [
    [names.key, record.key],
    [names.result, dialect.json(record.result)],
    [names.createdAt, dialect.date(record.createdAt)],
    [names.expiresAt, dialect.date(record.expiresAt)],
  ])
  if (dialect.hasReturning) {
    const set = join(
      [names.result, names.createdAt, names.expiresAt].map(
        (name) => sql`${column(name)} = excluded.${column(name)}`,
      ),
    )
    const isExpired = sql`${table(keys)}.${column(names.expiresAt)} <= excluded.${column(names.createdAt)}`
    const replace = sql`on conflict (${column(names.key)}) do update set ${set} where ${isExpired}`
    const rows = await on.rows(sql`${insert} ${replace} returning 1 as stored`)
    return rows.length > 0 ? record : null
  }
  const attempt = async () => {
    try {
      await on.count(insert)
      return true
    } catch (error) {
      // The statement alone was undone, not the transaction.
      if (isDuplicate(error)) return false
      throw error
    }
  }
  if (await attempt()) return record
  const expired = sql`where ${column(names.key)} = ${record.key} and ${column(names.expiresAt)} <= ${dialect.date(record.createdAt)}`
  const deleted = await on.count(sql`delete from ${table(keys)} ${expired}`)
  return deleted > 0 && (await attempt()) ? record : null
}

export function deleteExpiredKeys({ on, dialect, mapping }: Executor, before: Date): Promise<number> {
  const { table: keys, expiresAt } = mapping.idempotencyRecords
  const where = sql`where ${column(expiresAt)} < ${dialect.date(before)}`
  return on.count(sql`delete from ${table(keys)} ${where}`)
}
