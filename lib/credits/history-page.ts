import 'server-only'
import { creditService } from './credit-service'
import type { HistoryFilter } from './types'

/** A page of a wallet's ledger, newest first; `nextCursor` is the seq below which the next one starts, null on the last. */
export async function readHistoryPage(
  userId: string,
  { limit, ...filter }: HistoryFilter & { limit: number },
) {
  const rows = await creditService.getTransactionHistory(userId, { ...filter, limit: limit + 1 })
  const transactions = rows.slice(0, limit)
  return { transactions, nextCursor: rows.length > limit ? (transactions.at(-1)?.seq ?? null) : null }
}
