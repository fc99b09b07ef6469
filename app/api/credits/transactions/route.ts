import { historyAsCsv } from '@/lib/credits/history-csv'
import { historyQuery } from '@/lib/credits/history-query'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { query, userRoute } from '@/lib/http/routes'
import { readHistory, toHistoryFilter } from '@/lib/procedures/read-history'

/** What `getTransactionHistory` gives, as JSON; or all of it, whatever its length, with `&format=csv`. */
export const GET = userRoute(query(historyQuery), async ({ user, input: { format, q, ...asked } }) => {
  if (format === 'json') return readHistory(user.id, asked)
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="credit-transactions.csv"',
  }
  return new Response(historyAsCsv(user.id, toHistoryFilter(asked), q), { headers })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
