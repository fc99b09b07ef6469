import { z } from 'zod'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'
import { createCheckout } from '@/lib/payments/checkout/create-checkout'

const order = z.strictObject({ packageId: z.string().min(1).max(40) })

/** Opens a checkout: `{ packageId }` → `{ checkoutUrl }`. Price, credits and buyer are never the browser's to say. */
export const POST = userRoute(
  jsonBody(order),
  async ({ user, input: { packageId } }) => {
    const { checkoutUrl } = await createCheckout({ user, packageId })
    return { checkoutUrl }
  },
  { rate: 'checkout' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
