import { z } from 'zod'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'
import { openPortal } from '@/lib/payments/subscriptions/open-portal'

const nothing = z.strictObject({})

/** Opens the customer portal: `{}` → `{ url }`. Which customer is never the browser's to say. */
export const POST = userRoute(jsonBody(nothing), async ({ user }) => ({ url: await openPortal(user) }), {
  rate: 'portal',
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
