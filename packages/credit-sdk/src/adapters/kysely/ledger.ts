import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../engine/new-id.ts'
import type { AuditLog, Transaction } from '../../records.ts'
import type { NewAuditLog, NewTransaction, TransactionFilter } from '../../storage/adapter.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toObject, toText, toTextOrNull, toTimestamp } from '../sql/values.ts'
import { columns, type Executor, insertInto, rowsOf } from './statements.ts'

export async function insertTransaction(
  { on, dialect, mapping: { transactions } }: Executor,
  input: NewTransaction,
): Promise<Transaction> {
  const id = input.id ?? newId()
  const insert = insertInto(transactions.table, [
    [transactions.id, id],
    [transactions.userId, input.userId],
    [transactions.action, input.action],
    [transactions.amount, input.amount],
    [transactions.balanceBefore, input.balanceBefore],
    [transactions.balanceAfter, input.balanceAfter],
    [transactions.refundOf, input.refundOf ?? null],
    [transactions.metadata, dialect.json(input.metadata)],
    [transactions.createdAt, dialect.now()],
  ])
  await insert.execute(on)
  return { ...input, id, createdAt: new Date() }
}

/** Newest first. Rows of one millisecond are in the order of their ids, which the engine makes in order. */
export async function selectTransactions(
  executor: Executor,
  userId: string,
  { limit, offset = 0, startDate, endDate, action }: TransactionFilter,
): Promise<Transaction[]> {
  const { on, dialect, mapping } = executor
  const { transactions } = mapping
  const conditions = [sql`${sql.id(transactions.userId)} = ${userId}`]
  const createdAt = sql.id(transactions.createdAt)
  if (action !== undefined) conditions.push(sql`${sql.id(transactions.action)} = ${action}`)
  if (startDate) conditions.push(sql`${createdAt} >= ${dialect.date(startDate)}`)
  if (endDate) conditions.push(sql`${createdAt} < ${dialect.date(endDate)}`)
  const order = sql`order by ${createdAt} desc, ${sql.id(transactions.id)} desc`
  const where = sql`where ${sql.join(conditions, sql` and `)}`
  const rows = await rowsOf(on, sql`${select(executor)} ${where} ${order} ${dialect.page(limit, offset)}`)
  return rows.map(toTransaction)
}

export async function selectTransaction(executor: Executor, id: string): Promise<Transaction | null> {
  const where = sql`where ${sql.id(executor.mapping.transactions.id)} = ${id}`
  const [row] = await rowsOf(executor.on, sql`${select(executor)} ${where}`)
  return row ? toTransaction(row) : null
}

/** What others have refunded counts, too, even if this transaction began to read before. */
export async function sumRefunds(
  { on, dialect, mapping: { transactions } }: Executor,
  id: string,
): Promise<number> {
  const sum = sql`select sum(${sql.id(transactions.amount)}) as refunded from ${sql.table(transactions.table)}`
  const [row] = await rowsOf(
    on,
    sql`${sum} where ${sql.id(transactions.refundOf)} = ${id} ${dialect.current}`,
  )
  return toCredits(row?.refunded)
}

export async function insertAuditLog(
  { on, dialect, mapping: { auditLogs } }: Executor,
  input: NewAuditLog,
): Promise<AuditLog> {
  const id = newId()
  const insert = insertInto(auditLogs.table, [
    [auditLogs.id, id],
    [auditLogs.userId, input.userId],
    [auditLogs.action, input.action],
    [auditLogs.status, input.status],
    [auditLogs.metadata, dialect.json(input.metadata)],
    [auditLogs.errorMessage, input.errorMessage ?? null],
    [auditLogs.createdAt, dialect.now()],
  ])
  await insert.execute(on)
  return { ...input, id, createdAt: new Date() }
}

function select({ mapping: { transactions } }: Executor): RawBuilder<unknown> {
  const { table, ...names } = transactions
  return sql`select ${columns(names)} from ${sql.table(table)}`
}

function toTransaction(row: Row): Transaction {
  const refundOf = toTextOrNull(row.refundOf)
  return {
    id: toText(row.id),
    userId: toText(row.userId),
    action: toText(row.action),
    amount: toCredits(row.amount),
    balanceBefore: toCredits(row.balanceBefore),
    balanceAfter: toCredits(row.balanceAfter),
    metadata: toObject(row.metadata),
    createdAt: toTimestamp(row.createdAt),
    ...(refundOf === null ? {} : { refundOf }),
  }
}
