import { after } from 'next/server'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { webhookRoute } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { receiveWebhook } from '@/lib/payments/events/receive-webhook'
import { endSurplusSubscriptions } from '@/lib/payments/subscriptions/end-surplus'

const MAX_BYTES = 256 * 1024

/** Deliveries of DodoPayments, which signs them. Any answer but a 2xx makes it send them again. */
export const POST = webhookRoute(MAX_BYTES, async ({ input: rawBody, request }) => {
  const outcome = await receiveWebhook(rawBody, request.headers)
  // What follows from it is done at once; what fails here is the scheduler's.
  if (outcome === 'processed') {
    after(endSurplusSubscriptions)
    after(sendDueMails)
  }
  return { outcome }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
