import 'server-only'
import { z } from 'zod'
import { NoSubscriptionError } from '@/lib/payments/errors'
import { callFunction } from '@/lib/supabase/call-function'
import { type Caller, callerArgument } from '@/lib/supabase/caller'

/** Whose plan it is, and who asks. */
export type Subscriber = { id: string } & Caller

const subscription = z.object({
  id: z.string(),
  provider: z.string(),
  provider_subscription_id: z.string(),
  package_id: z.string(),
  status: z.string(),
  cancel_at_period_end: z.boolean(),
  current_period_end: z.string().nullable(),
  scheduled_package_id: z.string().nullable(),
})

export type CurrentSubscription = z.output<typeof subscription>

const found = z.object({ subscription: subscription.nullable() })

/**
 * The subscription a user has now, found by the user alone.
 * @throws NoSubscriptionError, or RefusedError `session_ended`
 */
export async function readCurrentSubscription(user: Subscriber): Promise<CurrentSubscription> {
  const args = { p_user_id: user.id, p_caller: callerArgument(user) }
  const answer = await callFunction('current_subscription', args, found)
  if (!answer.subscription) throw new NoSubscriptionError()
  return answer.subscription
}
