import 'server-only'
import type { z } from 'zod'
import { readHistoryPage } from '@/lib/credits/history-page'
import type { transactionQuery } from '@/lib/credits/history-query'

/** A page of a ledger as programs see it. Amounts are whole credits, positive in, negative out. */
export async function listForKey(
  userId: string,
  { type, cursor, limit, ...period }: z.output<typeof transactionQuery>,
) {
  const filter = { ...period, types: type, beforeSeq: cursor, limit }
  const { transactions: rows, nextCursor } = await readHistoryPage(userId, filter)
  const transactions = rows.map((row) => ({
    id: row.id,
    type: row.type,
    amount: row.amount,
    balanceAfter: row.balance_after,
    creditType: row.credit_type,
    action: row.action,
    description: row.description,
    reverses: row.reverses,
    createdAt: row.created_at,
  }))
  return { transactions, nextCursor }
}
