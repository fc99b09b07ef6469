import { adminAdjustment } from '@/lib/admin/adjust-credits'
import { requireApiUser } from '@/lib/auth/session'
import { creditService } from '@/lib/credits'
import { handleRoute } from '@/lib/http'

/** The caller's own: `{ balance, balances: { [creditType]: … }, expiring: [{ credits, expiresAt, … }] }`, in whole credits. */
export const GET = handleRoute(async () => {
  const user = await requireApiUser()
  const [balances, expiring] = await Promise.all([
    creditService.getAllBalances(user.id),
    creditService.getExpiringCredits(user.id),
  ])
  return Response.json({ balance: balances.general?.balance ?? 0, balances, expiring })
})

// #region admin
/** Admins add credits: `{ userId, amount, reason }`, a positive amount. */
export const POST = handleRoute((request) => adminAdjustment(request, 'add'))
// #endregion
