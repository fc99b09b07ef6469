import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'
import { readEmails } from './read-emails'

const MAX_SHOWN = 20
const replayDetails = z.object({ outcome: z.string().catch('') }).catch({ outcome: '' })

/** That an admin had it applied again: who, when and what came of it. */
export type Replay = { id: number; at: string; actor: string | null; outcome: string; error: string | null }

export type EventDetails = {
  event: Tables<'payment_events'>
  /** The payments that its ids belong to. */
  payments: { id: string; label: string }[]
  replays: Replay[]
}

/**
 * A payment event, its payments and its replays, read as the admin; null when there is none. Once per request.
 * @throws when the database fails
 */
export const readEvent = cache(async (id: string): Promise<EventDetails | null> => {
  const supabase = await createClient()
  const { data: event, error } = await supabase.from('payment_events').select().eq('id', id).maybeSingle()
  if (error) throw new Error(`The event could not be read: ${error.message}`, { cause: error })
  if (!event) return null
  const [payments, replays] = await Promise.all([findPayments(event.provider_ids), listReplays(id)])
  return { event, payments, replays }
})

async function findPayments(ids: string[]): Promise<EventDetails['payments']> {
  if (ids.length === 0) return []
  const supabase = await createClient()
  const payments = () =>
    supabase.from('payments').select('id, provider_payment_id, checkout_session_id').limit(MAX_SHOWN)
  const [named, opened] = await Promise.all([
    payments().in('provider_payment_id', ids),
    payments().in('checkout_session_id', ids),
  ])
  const error = named.error ?? opened.error
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  const found = [...(named.data ?? []), ...(opened.data ?? [])]
  const labels = found.map((payment): [string, string] => [
    payment.id,
    payment.provider_payment_id ?? payment.checkout_session_id ?? payment.id,
  ])
  return [...new Map(labels)].map(([id, label]) => ({ id, label }))
}

async function listReplays(id: string): Promise<Replay[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('audit_logs')
    .select('id, created_at, actor_id, reason, details')
    .eq('action', 'event.replay')
    .eq('details->>event_id', id)
    .order('id', { ascending: false })
    .limit(MAX_SHOWN)
  if (error) throw new Error(`The replays could not be read: ${error.message}`, { cause: error })
  const emails = await readEmails(data.map(({ actor_id }) => actor_id))
  return data.map((entry) => ({
    id: entry.id,
    at: entry.created_at,
    actor: emails.get(entry.actor_id ?? '') ?? null,
    outcome: replayDetails.parse(entry.details).outcome,
    error: entry.reason,
  }))
}
