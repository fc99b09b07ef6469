import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { handleRoute, readJson } from '@/lib/http'
import { createCheckout } from '@/lib/payments/checkout/create-checkout'

const input = z.strictObject({ packageId: z.string().min(1).max(40) })

/** Opens a checkout: `{ packageId }` → `{ checkoutUrl }`. Price, credits and buyer are never the browser's to say. */
export const POST = handleRoute(async (request) => {
  const user = await requireApiUser()
  assertSameOrigin(request)
  const wanted = await readJson(request, input)
  const { checkoutUrl } = await createCheckout({ user, ...wanted })
  return Response.json({ checkoutUrl })
})
