import { newId } from '../../engine/new-id.ts'
import { StorageConflictError } from '../../errors.ts'
import { type MovedRows, OPENING_BALANCE, openingRowOf } from '../../storage/archive.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toObject, toText } from '../sql/values.ts'
import type { Where } from './balances.ts'
import { modelOf } from './client.ts'

/** How many rows go at once. */
const BATCH = 500

export async function listUsersBefore(
  { client, mapping: { transactions }, writeId }: Where,
  before: Date,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<string[]> {
  const rows = await modelOf(client, transactions.table).findMany({
    where: {
      [transactions.createdAt]: { lt: before },
      [transactions.action]: { not: OPENING_BALANCE },
      ...(after !== undefined && { [transactions.userId]: { gt: writeId(after) } }),
    },
    distinct: [transactions.userId],
    select: { [transactions.userId]: true },
    orderBy: { [transactions.userId]: 'asc' },
    take: limit,
  })
  return rows.map((row) => toText(row[transactions.userId]))
}

/** See `LedgerArchive.moveRows`. Rows go through the client, in batches. */
export async function moveRows(where: Where, userId: string, before: Date): Promise<MovedRows> {
  const { client, mapping } = where
  const names = mapping.transactions
  const ledger = modelOf(client, names.table)
  const ofBalance = { [names.userId]: { in: await usersOfBalance(where, userId) } }
  const old = { ...ofBalance, [names.createdAt]: { lt: before } }
  const orderBy = [{ [names.createdAt]: 'asc' }, { [names.id]: 'asc' }]
  const openings = await ledger.findMany({ where: { ...old, [names.action]: OPENING_BALANCE } })
  const gone: { id: string; action: string; metadata: unknown }[] = openings.map(describe)
  let last: Row | undefined
  let moved = 0
  for (;;) {
    const page = { where: { ...old, [names.action]: { not: OPENING_BALANCE } }, orderBy, take: BATCH }
    const rows = await ledger.findMany(page)
    if (rows.length === 0) break
    await modelOf(client, mapping.transactionArchive.table).createMany({ data: rows.map(pickColumns) })
    const ids = rows.map((row) => row[names.id])
    const { count } = await ledger.deleteMany({ where: { [names.id]: { in: ids } } })
    if (count !== rows.length)
      throw new StorageConflictError(`${rows.length} rows were archived and ${count} removed.`)
    gone.push(...rows.map(describe))
    last = rows.at(-1)
    moved += rows.length
  }
  if (last) {
    await ledger.deleteMany({ where: { [names.id]: { in: openings.map((row) => row[names.id]) } } })
    const { id, metadata } = openingRowOf(gone)
    const balance = last[names.balanceAfter]
    const data = {
      ...pickColumns(last),
      [names.id]: id ?? newId(),
      [names.action]: OPENING_BALANCE,
      [names.amount]: balance,
      [names.balanceBefore]: 0,
      [names.refundOf]: null,
      [names.metadata]: where.writeJson(metadata),
    }
    await ledger.create({ data })
  }
  const sums = await ledger.aggregate({ where: ofBalance, _sum: { [names.amount]: true } })
  return { moved, ledgerSum: toCredits(toObject(sums._sum)[names.amount]) }

  function describe(row: Row) {
    return {
      id: toText(row[names.id]),
      action: toText(row[names.action]),
      metadata: toObject(row[names.metadata]),
    }
  }

  /** The columns that the SDK writes; the model may have more. */
  function pickColumns(row: Row): Row {
    const { table: _, transactionType, fixed, ...own } = names
    const kept = [...Object.values(own), ...Object.keys(fixed), ...(transactionType ? [transactionType] : [])]
    return Object.fromEntries(kept.map((name) => [name, row[name]]))
  }
}

/** The user, or all who spend the same balance. */
async function usersOfBalance(
  { client, mapping: { users }, writeId }: Where,
  userId: string,
): Promise<unknown[]> {
  const id = writeId(userId)
  if (!users || users.balanceId === users.id) return [id]
  const model = modelOf(client, users.table)
  const user = await model.findUnique({ where: { [users.id]: id } })
  if (!user) return []
  const members = await model.findMany({ where: { [users.balanceId]: user[users.balanceId] } })
  return members.map((member) => member[users.id])
}
