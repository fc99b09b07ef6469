import 'server-only'
import { z } from 'zod'
import { BadRequestError } from '@/lib/http/errors'
import { findUnstorable } from '@/lib/http/postgres-text'
import { logger } from '@/lib/logger'
import { WebhookNotAppliedError } from '@/lib/payments/errors'
import type { PaymentProvider } from '@/lib/payments/provider'
import { RefusedError } from '@/lib/supabase/refusals'
import type { PaymentEvent } from './payment-event'
import { applyEvent, eventKey, finishEvent, recordEvent, storeEvent } from './store-event'

/**
 * `processed`: applied now; `duplicate`: had been applied before; `ignored`: stored, nothing to do; `review`: applied,
 * but the period it reports overlaps a granted one and granted nothing, which an admin looks at.
 */
export type WebhookOutcome = 'processed' | 'duplicate' | 'ignored' | 'review'

const jsonEvent = z.looseObject({ type: z.string().min(1).max(200) }).and(z.json())

/**
 * Verifies a webhook of a payment provider, stores its event, and applies it once.
 * @throws UnauthorizedError or BadRequestError when it is not one of the provider's; nothing is stored
 * @throws WebhookNotAppliedError when it cannot be applied; the event stays stored as failed
 */
export async function receiveWebhook(
  provider: PaymentProvider,
  rawBody: string,
  headers: Headers,
): Promise<WebhookOutcome> {
  const { id, payload } = provider.verifyWebhook(rawBody, headers)
  const event = jsonEvent.safeParse(payload)
  if (!event.success) throw new BadRequestError('The webhook names no event type.')
  if (findUnstorable([id, event.data]) !== null) {
    throw new BadRequestError('The webhook holds a character that cannot be stored.')
  }
  const key = eventKey(provider, id)
  const stored = { key, type: event.data.type, payload: event.data, source: 'webhook' } as const
  const status = await storeEvent(provider, stored)
  if (status === 'processed') return 'duplicate'
  return applyStoredEvent(provider, key, event.data)
}

/** Applies a stored event. @throws WebhookNotAppliedError; the event is then stored as failed, with the reason */
export async function applyStoredEvent(
  provider: PaymentProvider,
  id: string,
  payload: unknown,
): Promise<WebhookOutcome> {
  let event: PaymentEvent | null = null
  try {
    event = await translate(provider, payload)
    if (!event) {
      await finishEvent(id, 'ignored')
      return 'ignored'
    }
    const { replayed, review } = await applyEvent(id, event)
    logger.info('webhook applied', { id, kind: event.kind, replayed, review })
    if (review) return 'review'
    return replayed ? 'duplicate' : 'processed'
  } catch (error) {
    if (await isForeign(provider, error, event)) {
      await finishEvent(id, 'ignored')
      return 'ignored'
    }
    logger.error('webhook not applied', { id, error })
    await finishEvent(id, 'failed', errorText(error))
    throw toFailure(error)
  }
}

/**
 * What a delivery says, and what the provider says when asked about the rest. One of it is the delivery's own event;
 * what that needs is applied before it, as the answer of the provider that it is.
 */
async function translate(provider: PaymentProvider, payload: unknown): Promise<PaymentEvent | null> {
  const { event } = provider.translateEvent(payload)
  if (event || !provider.findEvents) return event
  const found = await provider.findEvents(payload)
  for (const needed of found.slice(0, -1)) await recordEvent(provider, 'api', needed)
  return found.at(-1) ?? null
}

/**
 * Whether an event was refused because it is about a payment that no checkout of ours made. It is kept, and sent again it
 * would be no different. One that the provider does not tell about counts as ours.
 */
async function isForeign(
  provider: PaymentProvider,
  error: unknown,
  event: PaymentEvent | null,
): Promise<boolean> {
  if (!(error instanceof RefusedError) || error.code !== 'unknown_payment') return false
  if (!provider.isOurPayment || !event || !('payment_id' in event)) return false
  try {
    return !(await provider.isOurPayment(event.payment_id))
  } catch (failure) {
    logger.error('the payment provider did not tell whose a payment is', { error: failure })
    return false
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
