import { handleRoute, readText } from '@/lib/http'
import { receiveWebhook } from '@/lib/payments'

const MAX_BYTES = 256 * 1024

/** Deliveries of DodoPayments, which signs them. Any answer but a 2xx makes it send them again. */
export const POST = handleRoute(async (request) => {
  const rawBody = await readText(request, MAX_BYTES)
  return Response.json({ outcome: await receiveWebhook(rawBody, request.headers) })
})
