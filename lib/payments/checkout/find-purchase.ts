import 'server-only'
import { isPlan, readPackages } from '@/lib/catalog/packages'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'
import { DAY_MS } from '@/lib/time'
import { choosePayment } from './choose-payment'
import { describePlanPurchase } from './plan-purchase'
import { NOTHING_GRANTED, type Purchase } from './purchase'
import { readGrantingTransaction } from './read-granting-transaction'
import type { Return } from './read-return'

const STATES = new Map<string, Purchase['state']>([
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
])

/**
 * The user's own purchase that a return from the checkout is about, read as the user. What comes from the address
 * selects among the user's own and proves nothing.
 * Null when there is none, or when the database has not heard of that payment or subscription yet.
 */
export async function findPurchase(userId: string, named: Return): Promise<Purchase | null> {
  const supabase = await createClient()
  if (named.subscriptionId !== null) {
    const { data: subscription, error } = await supabase
      .from('subscriptions')
      .select()
      .eq('user_id', userId)
      .eq('provider', named.provider)
      .eq('provider_subscription_id', named.subscriptionId)
      .maybeSingle()
    if (error) throw new Error(`The subscription could not be read: ${error.message}`, { cause: error })
    if (subscription) return describePlanPurchase(subscription)
  }
  const payment = await findPayment(userId, named)
  return payment && describePurchase(payment)
}

async function findPayment(userId: string, { provider, paymentId, sessionId, subscriptionId }: Return) {
  const supabase = await createClient()
  if (sessionId !== null) return findPaymentOfSession(userId, provider, sessionId)
  const since = new Date(Date.now() - DAY_MS).toISOString()
  const own = () => supabase.from('payments').select().match({ user_id: userId, provider })
  const [recent, named] = await Promise.all([
    own().gte('created_at', since).order('created_at', { ascending: false }).limit(20),
    own().eq('provider_payment_id', paymentId ?? ''),
  ])
  const error = recent.error ?? named.error
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  const candidates = [...(named.data ?? []), ...(recent.data ?? [])]
  if (subscriptionId === null) return choosePayment(candidates, paymentId)
  // A subscription nobody has told of is paid by a payment nobody has told of either: that of a plan.
  const packages = await readPackages(candidates.map(({ package_id }) => package_id))
  const ofPlans = candidates.filter(({ package_id }) => {
    const bought = packages.get(package_id)
    return bought && isPlan(bought)
  })
  return choosePayment(ofPlans, subscriptionId)
}

/** Of several attempts on a checkout the one that was paid, else the last. */
async function findPaymentOfSession(userId: string, provider: string, sessionId: string) {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('payments')
    .select()
    .match({ user_id: userId, provider, checkout_session_id: sessionId })
    .order('created_at', { ascending: false })
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  return data.find(({ status }) => status === 'succeeded') ?? data[0] ?? null
}

async function describePurchase(payment: Tables<'payments'>): Promise<Purchase> {
  if (payment.subscription_id) {
    const supabase = await createClient()
    const { data } = await supabase.from('subscriptions').select().eq('id', payment.subscription_id).single()
    if (data) return describePlanPurchase(data)
  }
  const [types, packages, grant] = await Promise.all([
    listCreditTypes(),
    readPackages([payment.package_id]),
    payment.transaction_id === null ? null : readGrantingTransaction({ id: payment.transaction_id }),
  ])
  const bought = packages.get(payment.package_id)
  return {
    ...(grant ?? { ...NOTHING_GRANTED, credits: payment.credits }),
    type: findCreditType(types, grant?.creditType ?? payment.credit_type),
    state: STATES.get(payment.status) ?? 'waiting',
    name: bought?.name ?? null,
    plan:
      bought && isPlan(bought)
        ? { interval: bought.interval, active: false, until: null, trial: false }
        : null,
    price: payment.charged_amount ?? payment.amount,
    currency: payment.charged_currency ?? payment.currency,
    failureReason: payment.failure_reason,
  }
}
