import 'server-only'
import { after } from 'next/server'
import { z } from 'zod'
import { readText } from '@/lib/http/read-body'
import { sendDueMails } from '@/lib/mail/send-mails'
import { dodoPayments } from '@/lib/payments/dodopayments'
import { MAX_WEBHOOK_BYTES } from '@/lib/payments/events/answer-webhook'
import { receiveWebhook } from '@/lib/payments/events/receive-webhook'

const delivery = z.looseObject({
  type: z.string(),
  data: z.looseObject({ payment_id: z.string().optional() }),
})

/** `type` is the provider's own, as `payment.succeeded`. */
type WebhookEvent = {
  type: string
  paymentId: string | undefined
  data: { userId: string; credits: number }
}

/**
 * Verifies a delivery of DodoPayments, and applies it: once, from the database's own record of what was bought. Why: a
 * route that adds credits by what a delivery says adds them again with each repetition. So no event is ever called
 * `payment.completed`, and such a branch of an older route does nothing.
 * @throws UnauthorizedError for what DodoPayments did not sign; WebhookNotAppliedError
 */
export async function validateWebhook(request: Request): Promise<WebhookEvent> {
  const rawBody = await readText(request, MAX_WEBHOOK_BYTES)
  const outcome = await receiveWebhook(dodoPayments, rawBody, request.headers)
  if (outcome === 'processed') after(sendDueMails)
  const { type, data } = delivery.parse(JSON.parse(rawBody))
  return { type, paymentId: data.payment_id, data: { userId: '', credits: 0 } }
}
