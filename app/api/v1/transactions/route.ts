import { listForKey } from '@/lib/api-keys/list-transactions'
import { transactionQuery } from '@/lib/credits/history-query'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, query } from '@/lib/http/routes'

/** The ledger of the owner of the key, newest first: `{ transactions, nextCursor }`, null on the last page. */
export const GET = keyRoute('history:read', query(transactionQuery), ({ user, input }) =>
  listForKey(user.id, input),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
