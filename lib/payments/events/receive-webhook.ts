import 'server-only'
import { z } from 'zod'
import { BadRequestError } from '@/lib/http/errors'
import { findUnstorable } from '@/lib/http/postgres-text'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { WebhookNotAppliedError } from '@/lib/payments/errors'
import { RefusedError } from '@/lib/supabase/refusals'
import { applyEvent, finishEvent, storeEvent } from './store-event'

/**
 * `processed`: applied now; `duplicate`: had been applied before; `ignored`: stored, nothing to do; `review`: applied,
 * but the period it reports overlaps a granted one and granted nothing, which an admin looks at.
 */
export type WebhookOutcome = 'processed' | 'duplicate' | 'ignored' | 'review'

const jsonEvent = z.looseObject({ type: z.string().min(1).max(200) }).and(z.json())

/**
 * Verifies a webhook of the payment provider, stores its event, and applies it once.
 * @throws UnauthorizedError or BadRequestError when it is not one of the provider's; nothing is stored
 * @throws WebhookNotAppliedError when it cannot be applied; the event stays stored as failed
 */
export async function receiveWebhook(rawBody: string, headers: Headers): Promise<WebhookOutcome> {
  const { id, payload } = paymentProvider.verifyWebhook(rawBody, headers)
  const event = jsonEvent.safeParse(payload)
  if (!event.success) throw new BadRequestError('The webhook names no event type.')
  if (findUnstorable([id, event.data]) !== null) {
    throw new BadRequestError('The webhook holds a character that cannot be stored.')
  }
  const status = await storeEvent(id, event.data.type, event.data)
  if (status === 'processed') return 'duplicate'
  return applyStoredEvent(id, event.data)
}

/** Applies a stored event. @throws WebhookNotAppliedError; the event is then stored as failed, with the reason */
export async function applyStoredEvent(id: string, payload: unknown): Promise<WebhookOutcome> {
  try {
    const { type, event } = paymentProvider.translateEvent(payload)
    if (!event) {
      await finishEvent(id, 'ignored')
      return 'ignored'
    }
    const { replayed, review } = await applyEvent(id, event)
    logger.info('webhook applied', { id, type, kind: event.kind, replayed, review })
    if (review) return 'review'
    return replayed ? 'duplicate' : 'processed'
  } catch (error) {
    logger.error('webhook not applied', { id, error })
    await finishEvent(id, 'failed', errorText(error))
    throw toFailure(error)
  }
}

/** Stored with the event, which only admins read. */
function errorText(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}

function toFailure(error: unknown): WebhookNotAppliedError {
  if (error instanceof RefusedError) return new WebhookNotAppliedError(error.code, error.message, error)
  if (error instanceof z.ZodError) {
    const message = 'This event does not carry what its type says.'
    return new WebhookNotAppliedError('unreadable_event', message, error)
  }
  return new WebhookNotAppliedError('webhook_failed', 'The event was stored but not applied.', error)
}
