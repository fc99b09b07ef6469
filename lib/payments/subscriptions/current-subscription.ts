import 'server-only'
import { NoSubscriptionError } from '@/lib/payments/errors'
import { chooseLive, LIVE_STATUSES } from '@/lib/payments/subscriptions/live-subscription'
import { createAdminClient } from '@/lib/supabase/admin'

const COLUMNS =
  'id, provider_subscription_id, package_id, status, cancel_at_period_end, current_period_end, scheduled_package_id'

/** The subscription a user has now, found by the user alone. @throws NoSubscriptionError */
export async function readCurrentSubscription(userId: string) {
  const { data, error } = await createAdminClient()
    .from('subscriptions')
    .select(COLUMNS)
    .eq('user_id', userId)
    .in('status', LIVE_STATUSES)
    .order('created_at', { ascending: false })
  if (error) throw new Error(`The subscription could not be read: ${error.message}`, { cause: error })
  const live = chooseLive(data)
  if (!live) throw new NoSubscriptionError()
  return live
}

export type CurrentSubscription = Awaited<ReturnType<typeof readCurrentSubscription>>
