import { addition, adjustCredits } from '@/lib/admin/adjust-credits'
import { creditService } from '@/lib/credits'
import { everyMethod } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody, noInput, userRoute } from '@/lib/http/routes'

/** The caller's own: `{ balance, balances: { [creditType]: … }, expiring: [{ credits, expiresAt, … }] }`, in whole credits. */
const read = userRoute(noInput, async ({ user }) => {
  const [balances, expiring] = await Promise.all([
    creditService.getAllBalances(user.id),
    creditService.getExpiringCredits(user.id),
  ])
  return { balance: balances.general?.balance ?? 0, balances, expiring }
})

// #region admin
/** Admins add credits: `{ userId, amount, reason }`, a positive amount. */
const add = adminRoute(jsonBody(addition), ({ admin, input }) => adjustCredits(admin.id, input))
// #endregion

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = everyMethod({
  GET: read,
  POST: add, // #only admin
})
