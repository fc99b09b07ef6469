import { after } from 'next/server'
import { handleRoute, readText } from '@/lib/http'
import { sendDueMails } from '@/lib/mail/send-mails'
import { receiveWebhook } from '@/lib/payments/events/receive-webhook'

const MAX_BYTES = 256 * 1024

/** Deliveries of DodoPayments, which signs them. Any answer but a 2xx makes it send them again. */
export const POST = handleRoute(async (request) => {
  const rawBody = await readText(request, MAX_BYTES)
  const outcome = await receiveWebhook(rawBody, request.headers)
  // What it moved is told by mail at once; a mail that fails here is the scheduler's.
  if (outcome === 'processed') after(sendDueMails)
  return Response.json({ outcome })
})
