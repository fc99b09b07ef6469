import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { handleRoute, readJson } from '@/lib/http'
import { createCheckout } from '@/lib/payments'

const input = z.strictObject({
  packageId: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'is not the id of a package'),
})

/** Opens a checkout: `{ packageId }` → `{ checkoutUrl }`. Price, credits and buyer are never the browser's to say. */
export const POST = handleRoute(async (request) => {
  const user = await requireApiUser()
  assertSameOrigin(request)
  const { packageId } = await readJson(request, input)
  const { checkoutUrl } = await createCheckout({ user, packageId })
  return Response.json({ checkoutUrl })
})
