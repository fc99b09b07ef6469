import 'server-only'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import {
  PaymentProviderError,
  PlanConflictError,
  ProviderRefusedError,
  UnconfirmedError,
} from '@/lib/payments/errors'
import type { PaymentProvider } from '@/lib/payments/provider'
import { changePlan, type PlanChangeState } from './change-plan'
import { readCurrentSubscription, type Subscriber } from './current-subscription'
import { applyAtOnce, askForSubscription } from './refresh-subscription'

/** What a person may do with their plan. */
export type SubscriptionAction =
  | { action: 'change_plan'; packageId: string }
  | { action: 'cancel' }
  | { action: 'resume' }

/** What became of it: `ending` with its period, `going_on` as it is. */
export type SubscriptionState = PlanChangeState | 'ending' | 'going_on'

/**
 * Does what a user asks for with their own plan, and applies what the provider answers at once; the webhooks that
 * follow say the same again.
 * @throws NoSubscriptionError, PlanConflictError, PaymentProviderError, UnconfirmedError, and as `changePlan`
 */
export async function manageSubscription(
  user: Subscriber,
  request: SubscriptionAction,
): Promise<SubscriptionState> {
  switch (request.action) {
    case 'change_plan':
      return changePlan(user, request.packageId)
    case 'cancel':
      return cancel(user)
    case 'resume':
      return resume(user)
  }
}

async function cancel(user: Subscriber): Promise<SubscriptionState> {
  const subscription = await readCurrentSubscription(user)
  const id = subscription.provider_subscription_id
  if (subscription.cancel_at_period_end) {
    throw new PlanConflictError(
      'Your plan is canceled already. It stays until its period ends.',
      'already_cancelled',
    )
  }
  await setEnding(providerOf(subscription.provider), id, true)
  logger.info('subscription canceled', { userId: user.id, id })
  return 'ending'
}

/** Takes back what was to happen when the period ends: the end itself, or a change of plan. */
async function resume(user: Subscriber): Promise<SubscriptionState> {
  const subscription = await readCurrentSubscription(user)
  const id = subscription.provider_subscription_id
  const provider = providerOf(subscription.provider)
  if (subscription.cancel_at_period_end) await setEnding(provider, id, false)
  else if (subscription.scheduled_package_id) await dropScheduledChange(provider, id)
  else throw new PlanConflictError('Your plan goes on already.', 'nothing_to_resume')
  logger.info('subscription resumed', { userId: user.id, id })
  return 'going_on'
}

async function setEnding(provider: PaymentProvider, id: string, ending: boolean): Promise<void> {
  try {
    await applyAtOnce(provider, await provider.setCancelAtPeriodEnd(id, ending))
  } catch (error) {
    const now = await understand(provider, error, id)
    if (now.cancel_at_period_end !== ending) throw new UnconfirmedError(error)
  }
}

async function dropScheduledChange(provider: PaymentProvider, id: string): Promise<void> {
  try {
    await provider.cancelScheduledChange(id)
    await askForSubscription(provider, id)
  } catch (error) {
    const now = await understand(provider, error, id)
    if (now.scheduled_product_id !== null) throw new UnconfirmedError(error)
  }
}

/** How the subscription stands after a request that was refused or not answered. */
async function understand(provider: PaymentProvider, error: unknown, id: string) {
  logger.error('the payment provider did not do what was asked', { id, error })
  if (error instanceof ProviderRefusedError) {
    // What it was refused for may be news to us: it is applied, so the page shows it.
    await askForSubscription(provider, id)
    throw new PaymentProviderError(
      error,
      'The payment provider did not accept this. Nothing was changed; please reload the page.',
    )
  }
  const now = await askForSubscription(provider, id)
  if (!now) throw new UnconfirmedError(error)
  return now
}
