import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { stripeWebhook } from '@/lib/procedures/marketplace'

/** Asks the provider what came of a checkout, and applies it: `{ sessionId }`. */
export const POST = procedureRoute(stripeWebhook.fulfillCheckoutSession)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
