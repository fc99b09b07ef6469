import { adminAdjustment } from '@/lib/admin/adjust-credits'
import { requireApiUser } from '@/lib/auth/session'
import { creditService } from '@/lib/credits'
import { handleRoute } from '@/lib/http'

/** The caller's own balances: `{ balance, balances: { [creditType]: … } }`, in whole credits. */
export const GET = handleRoute(async () => {
  const user = await requireApiUser()
  const balances = await creditService.getAllBalances(user.id)
  return Response.json({ balance: balances.general?.balance ?? 0, balances })
})

/** Admins add credits: `{ userId, amount, reason }`, a positive amount. */
export const POST = handleRoute((request) => adminAdjustment(request, 'add'))
