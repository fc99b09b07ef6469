import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { listProviders } from '@/lib/payments'
import { ReconciliationIncompleteError } from '@/lib/payments/errors'
import type { PaymentProvider, Period } from '@/lib/payments/provider'
import { callFunction } from '@/lib/supabase/call-function'
import { DAY_MS } from '@/lib/time'
import { noteReviews } from './note-reviews'
import { comparePayments } from './reconcile-payments'
import { compareRefunds } from './reconcile-refunds'
import { compareSubscriptions } from './reconcile-subscriptions'
import { type Checked, type Difference, ReconcileReport } from './report'

export type { Checked, Difference } from './report'

/** What is younger may have its webhook on the way still. */
const IN_FLIGHT_MS = 2 * 60 * 1000

const recorded = z.object({ reconciliation_id: z.number() })

/**
 * Compares the payments, refunds and subscriptions of every payment provider with ours and repairs what differs, by applying
 * what the provider says as if it had been delivered. Keeps a report (`reconciliations`). Safe to repeat, and to run
 * while deliveries come in.
 * @throws ReconciliationIncompleteError when a provider or the database stopped answering; the report tells how far
 * it came, and what was repaired stays so
 */
export async function reconcile({
  since,
  until,
  actorId,
}: Period & { actorId?: string }): Promise<{ checked: Checked; differences: Difference[] }> {
  const report = new ReconcileReport()
  let failure: unknown
  for (const provider of listProviders()) {
    try {
      await compareWith(provider, { since, until }, report)
    } catch (error) {
      // One that does not answer keeps no other from being compared.
      failure = error
      logger.error('reconciliation broke off', { provider: provider.id, since, until, error })
      report.breakOff(provider.name, error)
    }
  }
  const { checked, differences } = report
  const { reconciliation_id } = await callFunction(
    'record_reconciliation',
    {
      p_since: since.toISOString(),
      p_until: until.toISOString(),
      p_checked: checked,
      p_differences: differences,
      p_actor_id: actorId,
    },
    recorded,
  )
  logger.info('reconciled', { id: reconciliation_id, ...checked, differences: differences.length })
  if (failure !== undefined) throw new ReconciliationIncompleteError(failure)
  return { checked, differences }
}

async function compareWith(
  provider: PaymentProvider,
  period: Period,
  report: ReconcileReport,
): Promise<void> {
  // A charge is matched to its period and a refund to its charge, so these come in this order.
  await compareSubscriptions(provider, period, report)
  await comparePayments(provider, period, report)
  await compareRefunds(provider, period, report)
  await noteReviews(provider, report)
}

/** The hourly job: the last three days. */
export async function reconcileRecent() {
  const now = Date.now()
  const { checked, differences } = await reconcile({
    since: new Date(now - 3 * DAY_MS),
    until: new Date(now - IN_FLIGHT_MS),
  })
  const repaired = differences.filter((difference) => difference.repaired).length
  return { ok: true, checked, differences: differences.length, repaired }
}
