import 'server-only'
import type { z } from 'zod'
import { creditService } from '@/lib/credits'
import type { transactionQuery } from '@/lib/credits/history-query'

/** A page of a ledger as programs see it. Amounts are whole credits, positive in, negative out. */
export async function listForKey(
  userId: string,
  { type, cursor, limit, ...period }: z.output<typeof transactionQuery>,
) {
  const filter = { ...period, types: type, beforeSeq: cursor, limit: limit + 1 }
  const rows = await creditService.getTransactionHistory(userId, filter)
  const page = rows.slice(0, limit)
  const transactions = page.map((row) => ({
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
  return { transactions, nextCursor: rows.length > limit ? (page.at(-1)?.seq ?? null) : null }
}
