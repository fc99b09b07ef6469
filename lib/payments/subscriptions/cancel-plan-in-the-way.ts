import 'server-only'
import { RefusedError } from '@/lib/supabase/refusals'
import { manageSubscription } from './manage-subscription'

/**
 * Cancels a user's plan when it is what keeps the account from being closed.
 * @throws the error itself when it says something else, else what cancelling throws
 */
export async function cancelPlanInTheWay(error: unknown, userId: string): Promise<void> {
  if (!(error instanceof RefusedError) || error.code !== 'plan_active') throw error
  await manageSubscription({ id: userId, internal: 'closing the account' }, { action: 'cancel' })
}
