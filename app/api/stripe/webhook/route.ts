import { refuseMethods } from '@/lib/http/refuse-methods'
import { webhookRoute } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { answerWebhook, MAX_WEBHOOK_BYTES } from '@/lib/payments/events/answer-webhook'
import { stripe } from '@/lib/payments/stripe'

/** Deliveries of Stripe, which signs them. Any answer but a 2xx makes it send them again. */
export const POST = webhookRoute(MAX_WEBHOOK_BYTES, ({ input: rawBody, request }) =>
  answerWebhook(stripe, { rawBody, headers: request.headers, sendMails: sendDueMails }),
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
