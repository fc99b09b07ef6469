import { requireApiUser } from '@/lib/auth/session'
import { creditService } from '@/lib/credits'
import { periodQuery } from '@/lib/credits/history-query'
import { handleRoute, parseQuery } from '@/lib/http'
import { NotFoundError } from '@/lib/http/errors'

/** What the caller used: `?creditType&from&to`; totals, average per day, by day (UTC) and by action, in whole credits. */
export const GET = handleRoute(async (request) => {
  const user = await requireApiUser()
  const usage = await creditService.getUsageStats(user.id, parseQuery(request, periodQuery))
  if (!usage) throw new NotFoundError('You have no credits of this type.', 'wallet_not_found')
  return Response.json(usage)
})
