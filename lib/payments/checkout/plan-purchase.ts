import 'server-only'
import { isPlan, readPackages } from '@/lib/catalog/packages'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { isOver } from '@/lib/payments/ranks'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'
import { NOTHING_GRANTED, type Purchase } from './purchase'
import { readGrantingTransaction } from './read-granting-transaction'

/** The latest payment of a subscription, read as the caller. */
async function readLatestCharge(subscriptionId: string) {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('payments')
    .select('status, amount, currency, charged_amount, charged_currency, failure_reason')
    .eq('subscription_id', subscriptionId)
    .order('created_at', { ascending: false })
    .limit(1)
    .maybeSingle()
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  return data
}

/** A subscription, read as the caller, as it stands now. */
async function readAgain({ id }: Tables<'subscriptions'>): Promise<Tables<'subscriptions'>> {
  const supabase = await createClient()
  const { data, error } = await supabase.from('subscriptions').select().eq('id', id).single()
  if (error) throw new Error(`The subscription could not be read: ${error.message}`, { cause: error })
  return data
}

/** A subscription as a purchase: it has succeeded once its credits are there, or its trial has begun. */
export async function describePlanPurchase(found: Tables<'subscriptions'>): Promise<Purchase> {
  const [types, grant, charge] = await Promise.all([
    listCreditTypes(),
    readGrantingTransaction({ subscription: found }),
    readLatestCharge(found.id),
  ])
  // Its credits came between the two reads, so what was read of the plan is older than they are.
  const subscription = grant && found.status === 'pending' ? await readAgain(found) : found
  const packages = await readPackages([subscription.package_id])
  const plan = packages.get(subscription.package_id)
  if (!plan || !isPlan(plan))
    throw new Error(`The subscription's package ${subscription.package_id} is no plan.`)
  const { status, trial } = subscription
  const begun = grant !== null || (trial && status === 'active')
  const failed = !begun && (isOver(status) || charge?.status === 'failed')
  return {
    ...(grant ?? { ...NOTHING_GRANTED, credits: plan.credits }),
    type: findCreditType(types, grant?.creditType ?? plan.type.id),
    state: subscription.surplus ? 'surplus' : begun ? 'succeeded' : failed ? 'failed' : 'waiting',
    name: plan.name,
    plan: {
      interval: plan.interval,
      active: status === 'active',
      until: subscription.current_period_end,
      trial: trial && grant === null,
    },
    price: charge?.charged_amount ?? plan.price,
    currency: charge?.charged_currency ?? plan.currency,
    failureReason: charge?.failure_reason ?? null,
  }
}
