import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { callDatabase } from '@/lib/payments/call-database'
import type { Json } from '@/lib/supabase/database.types'
import type { MoneyFact } from './payment-event'

const stored = z.object({
  ok: z.literal(true),
  status: z.enum(['received', 'processed', 'ignored', 'failed']),
})
const applied = z.looseObject({ ok: z.literal(true), replayed: z.boolean(), status: z.string().nullish() })
const finished = z.object({ ok: z.literal(true) })

/** Keeps a verified delivery, and tells what became of it when it came before. */
export async function storeEvent(id: string, type: string, payload: Json) {
  const { status } = await callDatabase(
    'store_webhook_event',
    { p_id: id, p_type: type, p_payload: payload },
    stored,
  )
  return status
}

/** Applies what a stored delivery says, once. @throws PaymentRefusedError */
export async function applyDelivery(eventId: string, fact: MoneyFact) {
  return callDatabase('apply_delivery', { p_event_id: eventId, p_fact: fact }, applied)
}

/** Notes that a delivery moved nothing: there was nothing to do, or it failed with `error`. */
export async function finishEvent(id: string, status: 'ignored' | 'failed', error?: string): Promise<void> {
  await callDatabase('finish_webhook_event', { p_id: id, p_status: status, p_error: error }, finished)
}

/**
 * Applies what the provider answered when it was asked, as if it had been delivered: it stands in the inbox too, as
 * `<source>.<kind>`. The same answer again changes nothing. @throws PaymentRefusedError
 */
export async function applyAnswer(source: 'reconcile' | 'answer', fact: MoneyFact) {
  const id = `${source}:${createHash('sha256').update(JSON.stringify(fact)).digest('hex')}`
  await storeEvent(id, `${source}.${fact.kind}`, fact)
  try {
    return await applyDelivery(id, fact)
  } catch (error) {
    await finishEvent(id, 'failed', error instanceof Error ? error.message : String(error))
    throw error
  }
}
