import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import type { DeliveryFilter } from './delivery-filter'
import { type Page, readPage } from './keyset'

const row = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  attempts: z.int(),
  error: z.string().nullable(),
  received_at: z.string(),
})

/** A delivery of the inbox as lists show it. */
export type DeliverySummary = z.output<typeof row>

const COLUMNS = row.keyof().options.join(', ')
const ABOUT_LIMIT = 20

/** One page of the inbox, newest first, as an admin may see it. Throws when it cannot be read. */
export async function listDeliveries(filter: DeliveryFilter): Promise<Page<DeliverySummary>> {
  const supabase = await createClient()
  const query = () => {
    let events = supabase.from('webhook_events').select(COLUMNS)
    if (filter.q) events = events.or(`id.eq."${filter.q}",about.cs.{"${filter.q}"}`)
    if (filter.status) events = events.eq('status', filter.status)
    if (filter.type) events = events.like('type', `${filter.type}.%`)
    return events
  }
  return readPage({
    name: 'deliveries',
    query,
    row,
    by: 'received_at',
    cursorOf: ({ received_at, id }) => [received_at, id],
    position: filter,
  })
}

/** The newest deliveries that tell of any of these ids of the provider. Throws when they cannot be read. */
export async function listDeliveriesAbout(ids: string[]): Promise<DeliverySummary[]> {
  if (ids.length === 0) return []
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('webhook_events')
    .select(COLUMNS)
    .overlaps('about', ids)
    .order('received_at', { ascending: false })
    .limit(ABOUT_LIMIT)
  if (error) throw new Error(`The deliveries could not be read: ${error.message}`, { cause: error })
  return z.array(row).parse(data)
}
