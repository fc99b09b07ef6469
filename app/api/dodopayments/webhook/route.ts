import { after } from 'next/server'
import { webhookRoute } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { receiveWebhook } from '@/lib/payments/events/receive-webhook'

const MAX_BYTES = 256 * 1024

/** Deliveries of DodoPayments, which signs them. Any answer but a 2xx makes it send them again. */
export const POST = webhookRoute(MAX_BYTES, async ({ input: rawBody, request }) => {
  const outcome = await receiveWebhook(rawBody, request.headers)
  // Its mails are sent at once; one that fails here is the scheduler's.
  if (outcome === 'processed') after(sendDueMails)
  return { outcome }
})
