import { creditService } from '@/lib/credits'
import { periodQuery } from '@/lib/credits/history-query'
import { NotFoundError } from '@/lib/http/errors'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { query, userRoute } from '@/lib/http/routes'

/** What the caller used: `?creditType&from&to`; totals, average per day, by day (UTC) and by action, in whole credits. */
export const GET = userRoute(query(periodQuery), async ({ user, input }) => {
  const usage = await creditService.getUsageStats(user.id, input)
  if (!usage) throw new NotFoundError('You have no credits of this type.', 'wallet_not_found')
  return usage
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
