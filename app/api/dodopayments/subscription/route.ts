import { z } from 'zod'
import { packageId } from '@/lib/catalog/package-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'
import { manageSubscription } from '@/lib/payments/subscriptions/manage-subscription'

const action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('change_plan'), packageId }),
  z.strictObject({ action: z.literal('cancel') }),
  z.strictObject({ action: z.literal('resume') }),
])

/**
 * What people do with their own plan: `{ action: 'change_plan', packageId }`, `{ action: 'cancel' }` when its period
 * ends, `{ action: 'resume' }` → `{ state }`. Which subscription it is, is never the browser's to say.
 */
export const POST = userRoute(
  jsonBody(action),
  async ({ user, input }) => ({ state: await manageSubscription(user, input) }),
  { rate: 'plan_change' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
