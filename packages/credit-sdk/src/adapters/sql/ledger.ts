import { newId } from '../../engine/new-id.ts'
import type { AuditLog, OperationKind, Transaction } from '../../records.ts'
import type { NewAuditLog, NewTransaction, TransactionFilter } from '../../storage/adapter.ts'
import { andFixed } from './balances.ts'
import { nowIn } from './dialect.ts'
import { column, type Fragment, join, sql, table } from './fragment.ts'
import type { Row } from './row.ts'
import { columns, type Executor, insertInto } from './statements.ts'
import { toCredits, toObject, toText, toTextOrNull, toTimestamp } from './values.ts'

export async function insertTransaction(
  { on, dialect, mapping: { transactions } }: Executor,
  { kind, ...input }: NewTransaction,
): Promise<Transaction> {
  const id = input.id ?? newId()
  const { transactionType: type, fixed } = transactions
  const insert = insertInto(transactions.table, [
    [transactions.id, id],
    [transactions.userId, input.userId],
    [transactions.action, input.action],
    [transactions.amount, input.amount],
    [transactions.balanceBefore, input.balanceBefore],
    [transactions.balanceAfter, input.balanceAfter],
    [transactions.refundOf, input.refundOf ?? null],
    [transactions.metadata, dialect.json(input.metadata)],
    [transactions.createdAt, nowIn(dialect)],
    ...Object.entries(fixed),
    ...(type === null ? [] : [[type, typeOf(kind)] as const]),
  ])
  await on.count(insert)
  return { ...input, id, createdAt: new Date() }
}

/** What a ledger row is in the column of types. */
export function typeOf(kind: OperationKind | undefined): string {
  return kind === undefined ? 'adjustment' : TRANSACTION_TYPES[kind]
}

const TRANSACTION_TYPES: Readonly<Record<OperationKind, string>> = {
  charge: 'usage',
  refund: 'refund',
  grant: 'purchase',
  upgrade: 'adjustment',
  downgrade: 'adjustment',
}

/** Newest first. Rows of one millisecond are in the order of their ids, which the engine makes in order. */
export async function selectTransactions(
  executor: Executor,
  userId: string,
  { limit, offset = 0, startDate, endDate, action }: TransactionFilter,
): Promise<Transaction[]> {
  const { on, dialect, mapping } = executor
  const { transactions } = mapping
  const conditions = [sql`${column(transactions.userId)} = ${userId}${andFixed(transactions.fixed)}`]
  const createdAt = column(transactions.createdAt)
  if (action !== undefined) conditions.push(sql`${column(transactions.action)} = ${action}`)
  if (startDate) conditions.push(sql`${createdAt} >= ${dialect.date(startDate)}`)
  if (endDate) conditions.push(sql`${createdAt} < ${dialect.date(endDate)}`)
  const order = sql`order by ${createdAt} desc, ${column(transactions.id)} desc`
  const where = sql`where ${join(conditions, ' and ')}`
  const rows = await on.rows(sql`${select(executor)} ${where} ${order} ${dialect.page(limit, offset)}`)
  return rows.map(toTransaction)
}

export async function selectTransaction(executor: Executor, id: string): Promise<Transaction | null> {
  const where = sql`where ${column(executor.mapping.transactions.id)} = ${id}`
  const [row] = await executor.on.rows(sql`${select(executor)} ${where}`)
  return row ? toTransaction(row) : null
}

/** What others have refunded counts, too, even if this transaction began to read before. */
export async function sumRefunds(
  { on, dialect, mapping: { transactions } }: Executor,
  id: string,
): Promise<number> {
  const sum = sql`select sum(${column(transactions.amount)}) as refunded from ${table(transactions.table)}`
  const [row] = await on.rows(sql`${sum} where ${column(transactions.refundOf)} = ${id} ${dialect.current}`)
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
    [auditLogs.createdAt, nowIn(dialect)],
  ])
  await on.count(insert)
  return { ...input, id, createdAt: new Date() }
}

function select({ mapping: { transactions } }: Executor): Fragment {
  const { table: ledger, transactionType: _, fixed: __, ...names } = transactions
  return sql`select ${columns(names)} from ${table(ledger)}`
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
