import 'server-only'
import { z } from 'zod'
import { BadRequestError } from '@/lib/errors'
import { logger } from '@/lib/logger'
import { PaymentRefusedError } from './call-database'
import { WebhookNotAppliedError } from './errors'
import { applyPayment, finishEvent, storeEvent } from './inbox'
import { toPaymentChange, webhookEvent } from './payment-change'
import { verifyWebhook } from './verify-webhook'

/** `processed`: applied now; `duplicate`: had been applied before; `ignored`: kept, nothing to do. */
export type WebhookOutcome = 'processed' | 'duplicate' | 'ignored'

const jsonEvent = webhookEvent.and(z.json())

/**
 * Verifies a delivery of DodoPayments, keeps it, and applies it once.
 * @throws UnauthorizedError or BadRequestError when it is not a delivery; nothing is kept
 * @throws WebhookNotAppliedError when it is one but cannot be applied; it stays in the inbox as failed
 */
export async function receiveWebhook(rawBody: string, headers: Headers): Promise<WebhookOutcome> {
  const { id, payload } = verifyWebhook(rawBody, headers)
  const event = jsonEvent.safeParse(payload)
  if (!event.success) throw new BadRequestError('The delivery names no event type.')
  const status = await storeEvent(id, event.data.type, event.data)
  if (status === 'processed') return 'duplicate'
  try {
    return await apply(id, event.data)
  } catch (error) {
    logger.error('webhook not applied', { id, type: event.data.type, error })
    await finishEvent(id, 'failed', errorText(error))
    throw toFailure(error)
  }
}

async function apply(id: string, event: z.output<typeof webhookEvent>): Promise<WebhookOutcome> {
  const change = toPaymentChange(event)
  if (!change) {
    await finishEvent(id, 'ignored')
    return 'ignored'
  }
  const { replayed } = await applyPayment(id, change)
  logger.info('webhook applied', { id, type: event.type, paymentId: change.providerPaymentId, replayed })
  return replayed ? 'duplicate' : 'processed'
}

/** For the inbox, which only admins read. */
function errorText(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}

function toFailure(error: unknown): WebhookNotAppliedError {
  if (error instanceof PaymentRefusedError)
    return new WebhookNotAppliedError(error.code, error.message, error)
  if (error instanceof z.ZodError) {
    return new WebhookNotAppliedError('unreadable_event', 'This event does not carry a payment.', error)
  }
  return new WebhookNotAppliedError(
    'webhook_failed',
    'The delivery was kept but could not be applied.',
    error,
  )
}
