import 'server-only'
import { after } from 'next/server'
import type { PaymentProvider } from '@/lib/payments/provider'
import { endSurplusSubscriptions } from '@/lib/payments/subscriptions/end-surplus'
import { receiveWebhook, type WebhookOutcome } from './receive-webhook'

/** No event of a provider is longer. */
export const MAX_WEBHOOK_BYTES = 256 * 1024

type Webhook = { rawBody: string; headers: Headers; sendMails: () => Promise<unknown> }

/** Receives a webhook, and does what follows from it once it is answered. @throws as `receiveWebhook` */
export async function answerWebhook(
  provider: PaymentProvider,
  { rawBody, headers, sendMails }: Webhook,
): Promise<{ outcome: WebhookOutcome }> {
  const outcome = await receiveWebhook(provider, rawBody, headers)
  // What follows from it is done at once; what fails here is the scheduler's.
  if (outcome === 'processed') {
    after(endSurplusSubscriptions)
    after(sendMails)
  }
  return { outcome }
}
