import { sql } from 'kysely'
import type { IdempotencyRecord } from '../../records.ts'
import { isDuplicate } from '../sql/failures.ts'
import { toStoredResult } from '../sql/stored-result.ts'
import { toText, toTimestamp } from '../sql/values.ts'
import { columns, countOf, type Executor, insertInto, rowsOf } from './statements.ts'

export async function selectKey(
  { on, mapping: { idempotencyRecords } }: Executor,
  key: string,
): Promise<IdempotencyRecord | null> {
  const { table, ...names } = idempotencyRecords
  const where = sql`where ${sql.id(names.key)} = ${key}`
  const [row] = await rowsOf(on, sql`select ${columns(names)} from ${sql.table(table)} ${where}`)
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
  const { table, ...names } = mapping.idempotencyRecords
  const insert = insertInto(table, [
    [names.key, record.key],
    [names.result, dialect.json(record.result)],
    [names.createdAt, dialect.date(record.createdAt)],
    [names.expiresAt, dialect.date(record.expiresAt)],
  ])
  if (dialect.hasReturning) {
    const set = sql.join(
      [names.result, names.createdAt, names.expiresAt].map(
        (name) => sql`${sql.id(name)} = excluded.${sql.id(name)}`,
      ),
    )
    const isExpired = sql`${sql.id(table, names.expiresAt)} <= excluded.${sql.id(names.createdAt)}`
    const replace = sql`on conflict (${sql.id(names.key)}) do update set ${set} where ${isExpired}`
    const rows = await rowsOf(on, sql`${insert} ${replace} returning 1 as stored`)
    return rows.length > 0 ? record : null
  }
  const attempt = async () => {
    try {
      await insert.execute(on)
      return true
    } catch (error) {
      // The statement alone was undone, not the transaction.
      if (isDuplicate(error)) return false
      throw error
    }
  }
  if (await attempt()) return record
  const expired = sql`where ${sql.id(names.key)} = ${record.key} and ${sql.id(names.expiresAt)} <= ${dialect.date(record.createdAt)}`
  const deleted = await countOf(on, sql`delete from ${sql.table(table)} ${expired}`)
  return deleted > 0 && (await attempt()) ? record : null
}

export function deleteExpiredKeys({ on, dialect, mapping }: Executor, before: Date): Promise<number> {
  const { table, expiresAt } = mapping.idempotencyRecords
  const where = sql`where ${sql.id(expiresAt)} < ${dialect.date(before)}`
  return countOf(on, sql`delete from ${sql.table(table)} ${where}`)
}
