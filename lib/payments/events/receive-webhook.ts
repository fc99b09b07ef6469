import 'server-only'
import { z } from 'zod'
import { BadRequestError } from '@/lib/http/errors'
import { findUnstorable } from '@/lib/http/postgres-text'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { PaymentRefusedError } from '@/lib/payments/call-database'
import { WebhookNotAppliedError } from '@/lib/payments/errors'
import { applyDelivery, finishEvent, storeEvent } from './store-event'

/** `processed`: applied now; `duplicate`: had been applied before; `ignored`: kept, nothing to do. */
export type WebhookOutcome = 'processed' | 'duplicate' | 'ignored'

const jsonEvent = z.looseObject({ type: z.string().min(1).max(200) }).and(z.json())

/**
 * Verifies a delivery of the payment provider, keeps it, and applies it once.
 * @throws UnauthorizedError or BadRequestError when it is not a delivery; nothing is kept
 * @throws WebhookNotAppliedError when it is one but cannot be applied; it stays in the inbox as failed
 */
export async function receiveWebhook(rawBody: string, headers: Headers): Promise<WebhookOutcome> {
  const { id, payload } = paymentProvider.verifyDelivery(rawBody, headers)
  const event = jsonEvent.safeParse(payload)
  if (!event.success) throw new BadRequestError('The delivery names no event type.')
  if (findUnstorable([id, event.data]) !== null) {
    throw new BadRequestError('The delivery holds a character that cannot be kept.')
  }
  const status = await storeEvent(id, event.data.type, event.data)
  if (status === 'processed') return 'duplicate'
  return applyStoredEvent(id, event.data)
}

/** Applies an event of the inbox. @throws WebhookNotAppliedError; the event then stands there as failed, and why */
export async function applyStoredEvent(id: string, payload: unknown): Promise<WebhookOutcome> {
  try {
    const { type, fact } = paymentProvider.translateDelivery(payload)
    if (!fact) {
      await finishEvent(id, 'ignored')
      return 'ignored'
    }
    const { replayed } = await applyDelivery(id, fact)
    logger.info('webhook applied', { id, type, kind: fact.kind, replayed })
    return replayed ? 'duplicate' : 'processed'
  } catch (error) {
    logger.error('webhook not applied', { id, error })
    await finishEvent(id, 'failed', errorText(error))
    throw toFailure(error)
  }
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
    const message = 'This event does not carry what its type says.'
    return new WebhookNotAppliedError('unreadable_event', message, error)
  }
  return new WebhookNotAppliedError(
    'webhook_failed',
    'The delivery was kept but could not be applied.',
    error,
  )
}
