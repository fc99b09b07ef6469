import { readBalances } from '@/lib/api-keys/read-balances'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'

/** The wallets of the owner of the key: `{ balance, balances: { [creditType]: … } }`, in whole credits. */
export const GET = keyRoute('balance:read', noInput, ({ user }) => readBalances(user.id))

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
