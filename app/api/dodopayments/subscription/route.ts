import { z } from 'zod'
import { packageId } from '@/lib/catalog/package-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, noInput, userRoute } from '@/lib/http/routes'
import { manageSubscription } from '@/lib/payments/subscriptions/manage-subscription'
import { readPlanId } from '@/lib/payments/subscriptions/read-plan'

const action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('change_plan'), packageId }),
  z.strictObject({ action: z.literal('cancel') }),
  z.strictObject({ action: z.literal('resume') }),
])

/** The plan that somebody has: `{ planId }`, null for none. */
export const GET = userRoute(noInput, async ({ user }) => ({ planId: await readPlanId(user.id) }))

/**
 * What people do with their own plan: `{ action: 'change_plan', packageId }`, `{ action: 'cancel' }` when its period
 * ends, `{ action: 'resume' }` → `{ state }`. Which subscription it is, is never the browser's to say.
 */
export const POST = userRoute(
  jsonBody(action),
  async ({ user, input }) => ({ state: await manageSubscription(user, input) }),
  { rate: 'plan_change' },
)

export const { DELETE, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
