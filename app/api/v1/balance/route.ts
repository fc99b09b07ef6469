import { creditService } from '@/lib/credits'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'

/** The wallets of the owner of the key: `{ balance, balances: { [creditType]: … } }`, in whole credits. */
export const GET = keyRoute('balance:read', noInput, async ({ user }) => {
  const balances = await creditService.getAllBalances(user.id)
  return { balance: balances.general?.balance ?? 0, balances }
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
