import 'server-only'
import type { z } from 'zod'
import { readHistoryPage } from '@/lib/credits/history-page'
import { type pagedQuery, TRANSACTION_GROUPS } from '@/lib/credits/history-query'
import type { HistoryFilter } from '@/lib/credits/types'
import { describeTransaction } from './describe-transaction'

type Asked = z.output<typeof pagedQuery>

/** What is asked for, as `creditService` filters. */
export function toHistoryFilter({ type, transactionType, cursor, ...rest }: Asked): HistoryFilter & Asked {
  const group = transactionType && TRANSACTION_GROUPS[transactionType]
  const types = group && type ? type.filter((one) => group.some((other) => other === one)) : (type ?? group)
  return { ...rest, types: types && [...types], beforeSeq: cursor }
}

/** A page of a user's ledger, newest first; `nextCursor` is null on the last one. */
export async function readHistory(userId: string, asked: Asked) {
  const { transactions, nextCursor } = await readHistoryPage(userId, toHistoryFilter(asked))
  return { transactions: transactions.map(describeTransaction), nextCursor }
}
