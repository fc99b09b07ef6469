import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { packageId } from '@/lib/catalog/package-id'
import { handleRoute, readJson } from '@/lib/http'
import { manageSubscription } from '@/lib/payments/subscriptions/manage-subscription'

const input = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('change_plan'), packageId }),
  z.strictObject({ action: z.literal('cancel') }),
  z.strictObject({ action: z.literal('resume') }),
])

/**
 * What people do with their own plan: `{ action: 'change_plan', packageId }`, `{ action: 'cancel' }` when its period
 * ends, `{ action: 'resume' }` → `{ state }`. Which subscription it is, is never the browser's to say.
 */
export const POST = handleRoute(async (request) => {
  const user = await requireApiUser()
  assertSameOrigin(request)
  const action = await readJson(request, input)
  return Response.json({ state: await manageSubscription(user.id, action) })
})
