import type { Transaction } from '../../records.ts'
import type { TransactionFilter } from '../../storage/adapter.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toObject, toText, toTextOrNull, toTimestamp } from '../sql/values.ts'
import type { LivebalanceTransaction } from './connection.ts'
import { isUserId } from './users.ts'

const COLUMNS =
  'id, user_id, action, type, amount, balance_before, balance_after, reverses, metadata, created_at'

/** Rows of the wallet, newest first. The action of a row that has none is its type, such as `expiry`. */
export async function readHistory(
  on: LivebalanceTransaction,
  userId: string,
  { limit = 1000, offset = 0, startDate, endDate, action }: TransactionFilter,
  creditType: string,
): Promise<Transaction[]> {
  if (!isUserId(userId)) return []
  const { rows } = await on.query(
    `select ${COLUMNS}
    from public.credit_transactions
    where user_id = $1
    and credit_type = $2
    and ($3::timestamptz is null or created_at >= $3)
    and ($4::timestamptz is null or created_at < $4)
    and ($5::text is null or coalesce(action, type) = $5)
    order by seq desc
    limit $6 offset $7`,
    [userId, creditType, startDate ?? null, endDate ?? null, action ?? null, limit, offset],
  )
  return rows.map(toTransaction)
}

export async function readTransaction(on: LivebalanceTransaction, id: string): Promise<Transaction | null> {
  if (!/^\d{1,18}$/.test(id)) return null
  const { rows } = await on.query(`select ${COLUMNS} from public.credit_transactions where id = $1`, [id])
  return rows[0] ? toTransaction(rows[0]) : null
}

export async function sumRefunds(on: LivebalanceTransaction, id: string): Promise<number> {
  if (!/^\d{1,18}$/.test(id)) return 0
  const { rows } = await on.query(
    "select sum(amount) as refunded from public.credit_transactions where reverses = $1 and type = 'refund'",
    [id],
  )
  return toCredits(rows[0]?.refunded)
}

function toTransaction(row: Row): Transaction {
  const refundOf = row.type === 'refund' ? toTextOrNull(row.reverses) : null
  return {
    id: toText(row.id),
    userId: toText(row.user_id),
    action: toText(row.action ?? row.type),
    amount: toCredits(row.amount),
    balanceBefore: toCredits(row.balance_before),
    balanceAfter: toCredits(row.balance_after),
    metadata: toObject(row.metadata),
    createdAt: toTimestamp(row.created_at),
    ...(refundOf === null ? {} : { refundOf }),
  }
}
