import 'server-only'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'

/** A delivery of the inbox as lists show it: all but its payload. */
export type DeliverySummary = Pick<
  Tables<'webhook_events'>,
  'id' | 'type' | 'status' | 'attempts' | 'error' | 'received_at' | 'processed_at'
>

export const DELIVERY_COLUMNS = 'id, type, status, attempts, error, received_at, processed_at'

const LIMIT = 20

/** The newest deliveries that tell of any of these ids of the provider, as an admin may see them. Throws when it cannot. */
export async function listDeliveriesAbout(ids: string[]): Promise<DeliverySummary[]> {
  if (ids.length === 0) return []
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('webhook_events')
    .select(DELIVERY_COLUMNS)
    .overlaps('about', ids)
    .order('received_at', { ascending: false })
    .limit(LIMIT)
  if (error) throw new Error(`The deliveries could not be read: ${error.message}`, { cause: error })
  return data
}
