import 'server-only'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import { PaymentProviderError } from '@/lib/payments/errors'
import type { PlanChange, PlanChangePreview } from '@/lib/payments/provider'
import { readCurrentSubscription, type Subscriber } from './current-subscription'
import { findPlanChange } from './plan-change-target'

/**
 * What changing a user's own plan would charge today, as the payment provider computes it, tax included. Nothing is
 * changed. @throws as `changePlan` when the plan cannot change, PaymentProviderError when the provider does not tell
 */
export async function previewPlanChange(
  user: Subscriber,
  packageId: string,
): Promise<PlanChangePreview & Pick<PlanChange, 'when'>> {
  const subscription = await readCurrentSubscription(user)
  const change = await findPlanChange(subscription, packageId)
  try {
    return { when: change.when, ...(await providerOf(subscription.provider).previewPlanChange(change)) }
  } catch (error) {
    logger.error('no preview of a plan change', { userId: user.id, packageId, error })
    throw new PaymentProviderError(
      error,
      'The payment provider did not say what this change costs. Please try again in a moment.',
    )
  }
}
