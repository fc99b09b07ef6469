import 'server-only'
import { NotFoundError } from '@/lib/http/errors'
import { PackageNotConfiguredError, PlanConflictError } from '@/lib/payments/errors'
import { toPrice } from '@/lib/payments/price'
import type { PlanChange } from '@/lib/payments/provider'
import { changesNow } from '@/lib/payments/subscriptions/changes-now'
import { createAdminClient } from '@/lib/supabase/admin'
import type { CurrentSubscription } from './current-subscription'

/**
 * What a user's plan would change to, and when.
 * @throws NotFoundError, PackageNotConfiguredError, or PlanConflictError when the plan cannot change, or not to this
 */
export async function findPlanChange(
  subscription: CurrentSubscription,
  packageId: string,
): Promise<PlanChange> {
  assertCanChange(subscription)
  if (packageId === subscription.package_id) throw samePlan()
  if (packageId === subscription.scheduled_package_id) {
    throw new PlanConflictError('Your plan changes to this one already, when its period ends.', 'same_plan')
  }
  const plans = await readPlans(subscription.provider, [subscription.package_id, packageId])
  const from = plans.get(subscription.package_id)
  const to = plans.get(packageId)
  if (!from || !to?.active) throw new NotFoundError('There is no such plan for sale.', 'package_not_found')
  const [product] = to.package_products
  if (!product) throw new PackageNotConfiguredError()
  if (to.currency !== from.currency) {
    throw new PlanConflictError(
      `Your plan is paid in ${from.currency}, this one in ${to.currency}. Cancel yours first, then subscribe to this one.`,
      'other_currency',
    )
  }
  return {
    subscriptionId: subscription.provider_subscription_id,
    productId: product.product_id,
    price: toPrice(to),
    when: changesNow(from, to) ? 'now' : 'next_period',
  }
}

export function samePlan(): PlanConflictError {
  return new PlanConflictError('This is your plan already.', 'same_plan')
}

function assertCanChange({ status, cancel_at_period_end }: CurrentSubscription): void {
  if (cancel_at_period_end) {
    throw new PlanConflictError('Your plan is about to end. Resume it first, then change it.', 'plan_ending')
  }
  if (status !== 'active') {
    throw new PlanConflictError(
      'Only an active plan can change. Change your payment method first, so that what is due can be paid.',
      'plan_not_active',
    )
  }
}

async function readPlans(provider: string, ids: string[]) {
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select('id, active, price, currency, billing_interval, package_products(product_id)')
    .in('id', ids)
    .eq('package_products.provider', provider)
    .is('package_products.retired_at', null)
    .eq('kind', 'subscription')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  return new Map(data.map((plan) => [plan.id, plan]))
}
