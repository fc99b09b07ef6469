import 'server-only'
import { cache } from 'react'
import { LEDGER_COLUMNS, type LedgerRow } from '@/lib/account/list-transactions'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'
import { type EventSummary, listEventsOf } from './list-events'
import { type PaymentSummary, readPaymentSummary } from './list-payments'

export type PaymentDetails = {
  payment: Tables<'payments'>
  /** How it stands all in all, and whose it is. */
  summary: PaymentSummary
  subscriptionId: string | null
  /** The rows of the ledger it granted, and those that took credits back or returned them, newest first. */
  ledger: LedgerRow[]
  refunds: Tables<'payment_refunds'>[]
  disputes: Tables<'payment_disputes'>[]
  /** The newest events about it. */
  events: EventSummary[]
}

/** All there is to know of a payment, as an admin may see it; null when there is none. Once per request. Throws when it cannot be read. */
export const readPayment = cache(async (id: string): Promise<PaymentDetails | null> => {
  const supabase = await createClient()
  const { data: payment, error } = await supabase.from('payments').select().eq('id', id).maybeSingle()
  if (error) throw new Error(`The payment could not be read: ${error.message}`, { cause: error })
  if (!payment) return null
  const [summary, subscription, ledger, refunds, disputes] = await Promise.all([
    readPaymentSummary(id),
    readSubscriptionId(payment.subscription_id),
    readLedger(payment),
    supabase.from('payment_refunds').select().eq('payment_id', id).order('created_at', { ascending: false }),
    supabase.from('payment_disputes').select().eq('payment_id', id).order('created_at', { ascending: false }),
  ])
  const failed = refunds.error ?? disputes.error
  if (failed) throw new Error(`The payment could not be read: ${failed.message}`, { cause: failed })
  const ids = [payment.provider_payment_id, payment.checkout_session_id, subscription]
  return {
    payment,
    summary,
    subscriptionId: subscription,
    ledger,
    refunds: refunds.data ?? [],
    disputes: disputes.data ?? [],
    events: await listEventsOf(ids.filter((known) => known !== null)),
  }
})

async function readSubscriptionId(id: string | null): Promise<string | null> {
  if (!id) return null
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('subscriptions')
    .select('provider_subscription_id')
    .eq('id', id)
    .maybeSingle()
  if (error) throw new Error(`The subscription could not be read: ${error.message}`, { cause: error })
  return data?.provider_subscription_id ?? null
}

async function readLedger(payment: Tables<'payments'>): Promise<LedgerRow[]> {
  const supabase = await createClient()
  const periods = await supabase
    .from('subscription_periods')
    .select('transaction_id')
    .eq('payment_id', payment.id)
  if (periods.error) throw new Error(`The periods could not be read: ${periods.error.message}`)
  const granted = periods.data.map(({ transaction_id }) => transaction_id)
  if (payment.transaction_id !== null) granted.push(payment.transaction_id)
  const rows = () => supabase.from('credit_transactions').select(LEDGER_COLUMNS)
  const [grants, returns] = await Promise.all([rows().in('id', granted), rows().in('reverses', granted)])
  const error = grants.error ?? returns.error
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  return [...(grants.data ?? []), ...(returns.data ?? [])].sort((a, b) => b.seq - a.seq)
}
