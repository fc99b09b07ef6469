import 'server-only'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'
import { choosePayment } from './choose-payment'

/** A purchase as the database has it now. Money is in minor units of `currency`. */
export type Purchase = {
  state: 'waiting' | 'succeeded' | 'failed'
  packageName: string | null
  /** What it granted; before that, what it will. */
  credits: number
  /** The balance right after the grant. */
  balance: number | null
  price: number
  currency: string
  failureReason: string | null
}

const DAY_MS = 24 * 60 * 60 * 1000
const STATES = new Map<string, Purchase['state']>([
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
])

/**
 * The user's own purchase that a return from the checkout is about, read as the user.
 * `providerPaymentId` comes from the address: it selects among the user's payments and proves nothing.
 * Null when there is none, or when the database has not heard of that payment yet.
 */
export async function findPurchase(
  userId: string,
  providerPaymentId: string | null,
): Promise<Purchase | null> {
  const supabase = await createClient()
  const since = new Date(Date.now() - DAY_MS).toISOString()
  const own = () => supabase.from('payments').select().eq('user_id', userId)
  const [recent, named] = await Promise.all([
    own().gte('created_at', since).order('created_at', { ascending: false }).limit(20),
    own().eq('provider_payment_id', providerPaymentId ?? ''),
  ])
  const error = recent.error ?? named.error
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  const payment = choosePayment([...(named.data ?? []), ...(recent.data ?? [])], providerPaymentId)
  return payment && describePurchase(payment)
}

async function describePurchase(payment: Tables<'payments'>): Promise<Purchase> {
  const supabase = await createClient()
  const [offer, grant] = await Promise.all([
    supabase.from('credit_packages').select('name').eq('id', payment.package_id).maybeSingle(),
    supabase
      .from('credit_transactions')
      .select('amount, balance_after')
      .eq('id', payment.transaction_id ?? 0)
      .maybeSingle(),
  ])
  return {
    state: STATES.get(payment.status) ?? 'waiting',
    packageName: offer.data?.name ?? null,
    credits: grant.data?.amount ?? payment.credits,
    balance: grant.data?.balance_after ?? null,
    price: payment.charged_amount ?? payment.amount,
    currency: payment.charged_currency ?? payment.currency,
    failureReason: payment.failure_reason,
  }
}
