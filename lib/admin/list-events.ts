import 'server-only'
import { z } from 'zod'
import { listProviders } from '@/lib/payments'
import { eventKey } from '@/lib/payments/events/store-event'
import { createClient } from '@/lib/supabase/server'
import type { EventFilter } from './event-filter'
import { type Page, readPage } from './keyset'

const row = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  attempts: z.int(),
  error: z.string().nullable(),
  received_at: z.string(),
})

/** A payment event as lists show it. */
export type EventSummary = z.output<typeof row>

const COLUMNS = row.keyof().options.join(', ')
const MAX_EVENTS = 20

/** Events by their id, here or at any provider, or about something with that id. */
function namedBy(id: string): string {
  const keys = [id, ...listProviders().map((provider) => eventKey(provider, id))]
  return [...keys.map((key) => `id.eq."${key}"`), `provider_ids.cs.{"${id}"}`].join()
}

/** One page of the payment events, newest first, as an admin may see it. Throws when it cannot be read. */
export async function listEvents(filter: EventFilter): Promise<Page<EventSummary>> {
  const supabase = await createClient()
  const query = () => {
    let events = supabase.from('payment_events').select(COLUMNS)
    if (filter.q) events = events.or(namedBy(filter.q))
    if (filter.status) events = events.eq('status', filter.status)
    if (filter.type) events = events.like('type', `${filter.type}.%`)
    if (filter.source) events = events.eq('source', filter.source)
    return events
  }
  return readPage({
    name: 'payment events',
    query,
    row,
    by: 'received_at',
    tieBreaker: 'id',
    cursorOf: ({ received_at, id }) => [received_at, id],
    position: filter,
  })
}

/** The newest events about any of these ids of the provider. Throws when they cannot be read. */
export async function listEventsOf(ids: string[]): Promise<EventSummary[]> {
  if (ids.length === 0) return []
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('payment_events')
    .select(COLUMNS)
    .overlaps('provider_ids', ids)
    .order('received_at', { ascending: false })
    .limit(MAX_EVENTS)
  if (error) throw new Error(`The events could not be read: ${error.message}`, { cause: error })
  return z.array(row).parse(data)
}
