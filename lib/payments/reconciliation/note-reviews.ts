import 'server-only'
import type { PaymentProvider } from '@/lib/payments/provider'
import { readOpenSurplus, readReviews } from './read-records'
import type { ReconcileReport } from './report'

/**
 * Names what is open whoever told of it: events that left a question to an admin, and second plans that are not ended
 * and refunded yet.
 */
export async function noteReviews(
  provider: Pick<PaymentProvider, 'id'>,
  report: ReconcileReport,
): Promise<void> {
  for (const { id, type, error } of await readReviews(provider.id)) {
    report.note({ kind: 'event', id, theirs: type, ours: 'in review' }, error ?? 'It waits for an admin.')
  }
  for (const { provider_subscription_id: id, status } of await readOpenSurplus(provider.id)) {
    report.note(
      { kind: 'subscription', id, theirs: status, ours: 'second plan' },
      'It began while its owner had a live plan. It is being ended and its payments refunded automatically; if that does not get through, do both in the dashboard of the payment provider.',
    )
  }
}
