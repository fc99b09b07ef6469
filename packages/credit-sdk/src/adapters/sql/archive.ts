import { newId } from '../../engine/new-id.ts'
import { StorageConflictError } from '../../errors.ts'
import { INITIAL_GRANT, type MovedRows, OPENING_BALANCE, openingRowOf } from '../../storage/archive.ts'
import { andFixed } from './balances.ts'
import { column, type Fragment, join, sql, table } from './fragment.ts'
import { typeOf } from './ledger.ts'
import { columns, type Executor, insertInto } from './statements.ts'
import { toCredits, toObject, toText, toTimestamp } from './values.ts'

export async function listUsersBefore(
  { on, dialect, mapping: { transactions } }: Executor,
  before: Date,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<string[]> {
  const userId = column(transactions.userId)
  const further = after === undefined ? sql`` : sql` and ${userId} > ${after}`
  const old = sql`${isOld({ dialect, mapping: { transactions } }, before)}${andFixed(transactions.fixed)}`
  const users = sql`select distinct ${userId} as id from ${table(transactions.table)}`
  const rows = await on.rows(
    sql`${users} where ${old} and ${isRow(transactions.action)}${further} order by ${userId} ${dialect.page(limit, 0)}`,
  )
  return rows.map(({ id }) => toText(id))
}

/** See `LedgerArchive.moveRows`. Rows go from table to table inside the database. */
export async function moveRows(executor: Executor, userId: string, before: Date): Promise<MovedRows> {
  const { on, dialect, mapping } = executor
  const { transactions, transactionArchive } = mapping
  const { table: ledger, transactionType, fixed, ...names } = transactions
  const ofBalance = ofSameBalance(mapping, userId)
  const old = sql`${ofBalance} and ${isOld(executor, before)}`
  const newest = sql`order by ${column(names.createdAt)} desc, ${column(names.id)} desc ${dialect.page(1, 0)}`
  const moving = sql`from ${table(ledger)} where ${old} and ${isRow(names.action)}`
  const [last] = await on.rows(sql`select ${columns(names)} ${moving} ${newest}`)
  const special = sql`${column(names.action)} in (${OPENING_BALANCE}, ${INITIAL_GRANT})`
  const kept = (
    await on.rows(sql`select ${columns(names)} from ${table(ledger)} where ${old} and ${special}`)
  ).map(({ id, action, metadata }) => ({
    id: toText(id),
    action: toText(action),
    metadata: toObject(metadata),
  }))

  const moved = join(
    [
      ...Object.values(names),
      ...(transactionType === null ? [] : [transactionType]),
      ...Object.keys(fixed),
    ].map(column),
  )
  const written = await on.count(
    sql`insert into ${table(transactionArchive.table)} (${moved}) select ${moved} ${moving}`,
  )
  if (written > 0 && last) {
    const removed = await on.count(sql`delete from ${table(ledger)} where ${old}`)
    const openings = kept.filter(({ action }) => action === OPENING_BALANCE).length
    if (removed !== written + openings)
      throw new StorageConflictError(`${written} rows were archived and ${removed - openings} removed.`)
    const opening = openingRowOf(kept)
    const balance = toCredits(last.balanceAfter)
    await on.count(
      insertInto(ledger, [
        [names.id, opening.id ?? newId()],
        [names.userId, toText(last.userId)],
        [names.action, OPENING_BALANCE],
        [names.amount, balance],
        [names.balanceBefore, 0],
        [names.balanceAfter, balance],
        [names.refundOf, null],
        [names.metadata, dialect.json(opening.metadata)],
        [names.createdAt, dialect.date(toTimestamp(last.createdAt))],
        ...Object.entries(fixed),
        ...(transactionType === null ? [] : [[transactionType, typeOf(undefined)] as const]),
      ]),
    )
  }
  const sum = sql`select sum(${column(names.amount)}) as total from ${table(ledger)} where ${ofBalance}`
  const [left] = await on.rows(sum)
  return { moved: written, ledgerSum: toCredits(left?.total) }
}

function isOld(
  { dialect, mapping }: { dialect: Executor['dialect']; mapping: Pick<Executor['mapping'], 'transactions'> },
  before: Date,
): Fragment {
  return sql`${column(mapping.transactions.createdAt)} < ${dialect.date(before)}`
}

const isRow = (action: string) => sql`${column(action)} <> ${OPENING_BALANCE}`

/** The rows of the user, or of all users who spend the same balance. */
function ofSameBalance({ transactions, users }: Executor['mapping'], userId: string): Fragment {
  const by = column(transactions.userId)
  const fixed = andFixed(transactions.fixed)
  if (!users || users.balanceId === users.id) return sql`${by} = ${userId}${fixed}`
  const [id, owner, from] = [column(users.id), column(users.balanceId), table(users.table)]
  const same = sql`select ${owner} from ${from} where ${id} = ${userId}`
  return sql`${by} in (select ${id} from ${from} where ${owner} = (${same}))${fixed}`
}
