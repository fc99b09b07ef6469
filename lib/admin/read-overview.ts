import 'server-only'
import { createClient } from '@/lib/supabase/server'
import { HOUR_MS } from '@/lib/time'

/** What needs attention right now. */
export type Overview = {
  failedEvents: number
  /** Events that were applied, but reported a paid period that overlaps a granted one. */
  overlappingPeriods: number
  /** Plans that began beside a live one and are not ended and refunded yet. */
  secondPlans: number
  openDisputes: number
  /** Payments that nothing has decided for more than an hour; checkouts that were left are among them. */
  undecidedPayments: number
  /** Payment refunds that the provider has not confirmed yet. */
  unansweredRefunds: number
}

/** Counts what waits, as an admin may see it. Throws when it cannot be counted. */
export async function readOverview(): Promise<Overview> {
  const supabase = await createClient()
  const count = (table: 'payment_events' | 'payment_disputes' | 'payments' | 'payment_refunds') =>
    supabase.from(table).select('*', { count: 'exact', head: true })
  const anHourAgo = new Date(Date.now() - HOUR_MS).toISOString()
  const [events, overlaps, plans, disputes, payments, refunds] = await Promise.all([
    count('payment_events').eq('status', 'failed'),
    count('payment_events').eq('status', 'review'),
    supabase.from('subscriptions').select('*', { count: 'exact', head: true }).eq('surplus', 'open'),
    count('payment_disputes').in('status', ['opened', 'challenged']),
    count('payments').in('status', ['pending', 'processing']).lt('created_at', anHourAgo),
    count('payment_refunds').eq('status', 'requested'),
  ])
  const failed =
    events.error ?? overlaps.error ?? plans.error ?? disputes.error ?? payments.error ?? refunds.error
  if (failed) throw new Error(`The overview could not be read: ${failed.message}`, { cause: failed })
  return {
    failedEvents: events.count ?? 0,
    overlappingPeriods: overlaps.count ?? 0,
    secondPlans: plans.count ?? 0,
    openDisputes: disputes.count ?? 0,
    undecidedPayments: payments.count ?? 0,
    unansweredRefunds: refunds.count ?? 0,
  }
}
