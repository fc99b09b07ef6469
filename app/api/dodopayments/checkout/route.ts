import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { marketplace } from '@/lib/procedures/marketplace'

/** How the caller's own checkout stands: `?sessionId`. */
export const GET = procedureRoute(marketplace.verifyCheckout)

/** Opens a checkout: `{ packageId }`. Price, credits and buyer are never the browser's to say. */
export const POST = procedureRoute(marketplace.createCheckout)

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
