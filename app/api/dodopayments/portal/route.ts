import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { handleRoute, readJson } from '@/lib/http'
import { openPortal } from '@/lib/payments/subscriptions/open-portal'

const input = z.strictObject({})

/** Opens the customer portal: `{}` → `{ url }`. Which customer is never the browser's to say. */
export const POST = handleRoute(async (request) => {
  const user = await requireApiUser()
  assertSameOrigin(request)
  await readJson(request, input)
  return Response.json({ url: await openPortal(user.id) })
})
