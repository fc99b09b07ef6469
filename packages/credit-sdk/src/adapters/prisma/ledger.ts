import type { Transaction } from '../../records.ts'
import type { TransactionFilter } from '../../storage/adapter.ts'
import { toCredits, toObject } from '../sql/values.ts'
import type { Where } from './balances.ts'
import { modelOf } from './client.ts'
import { toTransaction } from './transaction-row.ts'

/** Newest first. */
export async function findTransactions(
  { client, mapping: { transactions: names }, writeId }: Where,
  userId: string,
  { limit, offset = 0, startDate, endDate, action }: TransactionFilter,
): Promise<Transaction[]> {
  const owner = writeId(userId)
  if (owner === null) return []
  const rows = await modelOf(client, names.table).findMany({
    where: {
      [names.userId]: owner,
      ...(action === undefined ? {} : { [names.action]: action }),
      [names.createdAt]: { ...(startDate && { gte: startDate }), ...(endDate && { lt: endDate }) },
    },
    orderBy: [{ [names.createdAt]: 'desc' }, { [names.id]: 'desc' }],
    skip: offset,
    ...(limit === undefined ? {} : { take: limit }),
  })
  return rows.map((row) => toTransaction(names, row))
}

export async function findTransaction(
  { client, mapping: { transactions: names } }: Where,
  id: string,
): Promise<Transaction | null> {
  const row = await modelOf(client, names.table).findUnique({ where: { [names.id]: id } })
  return row && toTransaction(names, row)
}

export async function sumRefunds(
  { client, mapping: { transactions: names } }: Where,
  id: string,
): Promise<number> {
  const sums = await modelOf(client, names.table).aggregate({
    where: { [names.refundOf]: id },
    _sum: { [names.amount]: true },
  })
  return toCredits(toObject(sums._sum)[names.amount])
}
