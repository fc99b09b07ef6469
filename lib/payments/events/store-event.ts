import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { PaymentProvider } from '@/lib/payments/provider'
import { callFunction } from '@/lib/supabase/call-function'
import type { Json } from '@/lib/supabase/database.types'
import type { PaymentEvent } from './payment-event'

/** Where an event comes from: the provider sent it, we asked for it, or a reconciliation found it. */
export type EventSource = 'webhook' | 'api' | 'reconciliation'

const stored = z.object({
  ok: z.literal(true),
  status: z.enum(['received', 'processed', 'ignored', 'failed', 'review']),
})
const applied = z.looseObject({
  ok: z.literal(true),
  replayed: z.boolean(),
  status: z.string().nullish(),
  /** Why the period it reports granted nothing, for an admin. */
  review: z.string().nullish(),
})
const finished = z.object({ ok: z.literal(true) })

/** What an event is stored under: ids are unique at one provider only. */
export function eventKey(provider: Pick<PaymentProvider, 'id'>, id: string): string {
  return `${provider.id}:${id}`
}

type NewEvent = { key: string; type: string; payload: Json; source: EventSource }

/** Stores an event before it is applied, and gives its status: that of the first one when it came before. */
export async function storeEvent(provider: PaymentProvider, { key, type, payload, source }: NewEvent) {
  const args = {
    p_id: key,
    p_type: type,
    p_payload: payload,
    p_provider: provider.id,
    p_source: source,
  }
  const { status } = await callFunction('store_payment_event', args, stored)
  return status
}

/** Applies a stored event, once. @throws RefusedError */
export async function applyEvent(eventId: string, event: PaymentEvent) {
  return callFunction('apply_payment_event', { p_event_id: eventId, p_event: event }, applied)
}

/** Records that an event changed nothing: there was nothing to do, or it failed with `error`. */
export async function finishEvent(id: string, status: 'ignored' | 'failed', error?: string): Promise<void> {
  await callFunction('finish_payment_event', { p_id: id, p_status: status, p_error: error }, finished)
}

/**
 * Stores and applies what the provider answered when it was asked, as if it had sent it. The same answer again changes
 * nothing. @throws RefusedError; the event is then stored as failed
 */
export async function recordEvent(
  provider: PaymentProvider,
  source: Exclude<EventSource, 'webhook'>,
  event: PaymentEvent,
) {
  const digest = createHash('sha256').update(JSON.stringify(event)).digest('hex')
  const key = eventKey(provider, `${source}:${digest}`)
  await storeEvent(provider, { key, type: `${event.kind}.recorded`, payload: event, source })
  return applyOrFail(key, event)
}

/** Applies a stored event; when that fails, records why. @throws RefusedError */
export async function applyOrFail(id: string, event: PaymentEvent) {
  try {
    return await applyEvent(id, event)
  } catch (error) {
    await finishEvent(id, 'failed', error instanceof Error ? error.message : String(error))
    throw error
  }
}
