import { historyAsCsv } from '@/lib/credits/history-csv'
import { readHistoryPage } from '@/lib/credits/history-page'
import { historyQuery } from '@/lib/credits/history-query'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { query, userRoute } from '@/lib/http/routes'

/**
 * The caller's own ledger, newest first: `?creditType&type&action&from&to&cursor&limit`. JSON
 * `{ transactions, nextCursor }`, whose cursor is null on the last page; or all of it with `&format=csv`.
 */
export const GET = userRoute(query(historyQuery), async ({ user, input }) => {
  const { type, cursor, limit, format, ...period } = input
  const filter = { ...period, types: type, beforeSeq: cursor }
  if (format === 'csv') {
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="credit-transactions.csv"',
    }
    return new Response(historyAsCsv(user.id, filter), { headers })
  }
  return readHistoryPage(user.id, { ...filter, limit })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
