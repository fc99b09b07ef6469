import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import { escapePattern } from './escape-pattern'
import { type Page, readPage } from './keyset'
import type { SubscriptionFilter } from './subscription-filter'

const row = z.object({
  id: z.string(),
  created_at: z.string(),
  user_id: z.string(),
  email: z.string(),
  package_name: z.string(),
  status: z.string(),
  current_period_start: z.string().nullable(),
  current_period_end: z.string().nullable(),
  cancel_at_period_end: z.boolean(),
  scheduled_package_name: z.string().nullable(),
  trial: z.boolean(),
  surplus: z.string().nullable(),
  provider_subscription_id: z.string(),
})

/** A subscription as lists show it. */
export type SubscriptionSummary = z.output<typeof row>

const COLUMNS = row.keyof().options.join(', ')

/** One page of subscriptions, newest first, as the caller may see them; of everybody by default. Throws when it cannot. */
export async function listSubscriptions(
  filter: SubscriptionFilter,
  userId?: string,
): Promise<Page<SubscriptionSummary>> {
  const supabase = await createClient()
  const query = () => {
    let subscriptions = supabase.from('subscription_overview').select(COLUMNS)
    if (userId) subscriptions = subscriptions.eq('user_id', userId)
    if (filter.q) subscriptions = subscriptions.ilike('search_text', `%${escapePattern(filter.q)}%`)
    if (filter.status) subscriptions = subscriptions.eq('status', filter.status)
    if (filter.surplus) subscriptions = subscriptions.eq('surplus', filter.surplus)
    if (filter.plan) subscriptions = subscriptions.eq('package_id', filter.plan)
    return subscriptions
  }
  return readPage({
    name: 'subscriptions',
    query,
    row,
    by: 'created_at',
    tieBreaker: 'id',
    cursorOf: ({ created_at, id }) => [created_at, id],
    position: filter,
  })
}

/**
 * What is or was sold, as id and name: everything, or what is of one kind. Throws when it cannot be read.
 */
export async function listPackageNames(kind?: 'subscription'): Promise<[id: string, name: string][]> {
  const supabase = await createClient()
  let packages = supabase.from('credit_packages').select('id, name')
  if (kind) packages = packages.eq('kind', kind)
  const { data, error } = await packages.order('sort_order')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  return data.map(({ id, name }) => [id, name])
}
