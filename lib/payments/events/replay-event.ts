import 'server-only'
import { z } from 'zod'
import { ConflictError, NotFoundError } from '@/lib/http/errors'
import { providerOf } from '@/lib/payments'
import { WebhookNotAppliedError } from '@/lib/payments/errors'
import { createAdminClient } from '@/lib/supabase/admin'
import { callFunction } from '@/lib/supabase/call-function'
import type { Json } from '@/lib/supabase/database.types'
import { RefusedError } from '@/lib/supabase/refusals'
import { paymentEvent } from './payment-event'
import { applyStoredEvent, type WebhookOutcome } from './receive-webhook'
import { applyOrFail } from './store-event'

/**
 * `applied`: what it says counts from now on; `known`: that was known from elsewhere; `duplicate`: it had been applied
 * before; `ignored`: there is nothing to do about it; `reviewed`: the period it reports still overlaps a granted one, and
 * the admin has seen that. All but the first granted nothing.
 */
export type ReplayOutcome = 'applied' | 'known' | 'duplicate' | 'ignored' | 'reviewed'

const REPLAY_OUTCOMES: Record<WebhookOutcome, ReplayOutcome> = {
  processed: 'applied',
  duplicate: 'known',
  ignored: 'ignored',
  review: 'reviewed',
}

type StoredEvent = { provider: string; source: string; status: string; payload: Json }

const recorded = z.object({ recorded: z.boolean() })

/**
 * Applies a stored event again, for an admin, and records who did and the outcome in the audit log. An event that was
 * applied is never applied twice.
 * @throws NotFoundError, or ConflictError when it cannot be applied: its message says why, as does the stored event
 */
export async function replayEvent(id: string, actorId: string): Promise<ReplayOutcome> {
  const event = await readEvent(id)
  try {
    const outcome = await replay(id, event)
    await record(id, actorId, outcome)
    return outcome
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    await record(id, actorId, 'failed', reason)
    throw new ConflictError(`The event could not be processed: ${reason}`, 'replay_failed')
  }
}

async function readEvent(id: string): Promise<StoredEvent> {
  const { data, error } = await createAdminClient()
    .from('payment_events')
    .select('provider, source, status, payload')
    .eq('id', id)
    .maybeSingle()
  if (error) throw new Error(`The event could not be read: ${error.message}`, { cause: error })
  if (!data) throw new NotFoundError('There is no such event.', 'event_not_found')
  return data
}

async function replay(
  id: string,
  { provider, source, status, payload }: StoredEvent,
): Promise<ReplayOutcome> {
  if (status === 'processed') return 'duplicate'
  if (isEmpty(payload)) throw new ConflictError('Its payload was emptied when it had become old.')
  if (source !== 'webhook') {
    // What the provider answered when it was asked (`recordEvent`): the payload is the event itself.
    const { replayed, review } = await applyOrFail(id, paymentEvent.parse(payload))
    if (review) return 'reviewed'
    return replayed ? 'known' : 'applied'
  }
  return REPLAY_OUTCOMES[await applyStoredEvent(providerOf(provider), id, payload)]
}

/** Old events that were processed lose their payload (`purge_event_payloads`). */
function isEmpty(payload: Json): boolean {
  return typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0
}

/** Why it was refused, in a sentence; null when something broke that has nothing to do with it. */
function reasonOf(error: unknown): string | null {
  if (error instanceof z.ZodError) return 'This event does not carry what its type says.'
  const refused =
    error instanceof WebhookNotAppliedError || error instanceof RefusedError || error instanceof ConflictError
  return refused ? error.message : null
}

async function record(id: string, actorId: string, outcome: string, error?: string): Promise<void> {
  const args = { p_id: id, p_actor_id: actorId, p_outcome: outcome, p_error: error }
  await callFunction('record_event_replay', args, recorded)
}
